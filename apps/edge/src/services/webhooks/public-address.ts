/** Stretches of IPv4 that are not the public internet. References: IANA IPv4 Special-Purpose Address Registry. */
const SPECIAL_V4: readonly (readonly [address: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Within 2000::/3, all that is handed out: tunnels that lead to any IPv4 address, and documentation. IANA IPv6 registry. */
const SPECIAL_V6: readonly (readonly [groups: readonly number[], bits: number])[] = [
  [[0x2001, 0], 23],
  [[0x2001, 0xdb8], 32],
  [[0x2002, 0], 16],
  [[0x3fff, 0], 20],
];

/** The four bytes of a dotted address as one number; null for anything else. */
function parseV4(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  return parts.reduce((value, part) => value * 256 + part, 0);
}

/** The eight groups of an IPv6 address without zone; null for anything else. References: RFC 4291, 2.2. */
function parseV6(text: string): number[] | null {
  const dotted = /:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  const v4 = dotted === undefined ? null : parseV4(dotted);
  if (dotted !== undefined && v4 === null) return null;
  const hex =
    dotted === undefined || v4 === null
      ? text
      : `${text.slice(0, -dotted.length)}${Math.floor(v4 / 65536).toString(16)}:${(v4 % 65536).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** Whether both begin with the same `bits` bits; numbers of 32 bits. */
const sharePrefix = (a: number, b: number, bits: number) =>
  Math.floor(a / 2 ** (32 - bits)) === Math.floor(b / 2 ** (32 - bits));

const firstWord = (groups: readonly number[]) => (groups[0] ?? 0) * 65536 + (groups[1] ?? 0);

/** Whether text is an IP address at all. */
export function isAddress(text: string): boolean {
  return parseV4(text) !== null || parseV6(text) !== null;
}

/** Whether an IP address belongs to the public internet. What is no address is not public. */
export function isPublicAddress(text: string): boolean {
  const v4 = parseV4(text);
  if (v4 !== null) {
    return !SPECIAL_V4.some(([address, bits]) => sharePrefix(v4, parseV4(address) ?? 0, bits));
  }
  const v6 = parseV6(text);
  // Mapped, translated, local, link-local, multicast: none lies in 2000::/3.
  if (v6 === null || (v6[0] ?? 0) >> 13 !== 1) return false;
  return !SPECIAL_V6.some(([groups, bits]) => sharePrefix(firstWord(v6), firstWord(groups), bits));
}

/** Whether an IP address is this machine's own. */
export function isLoopbackAddress(text: string): boolean {
  const v4 = parseV4(text);
  if (v4 !== null) return sharePrefix(v4, parseV4('127.0.0.0') ?? 0, 8);
  return parseV6(text)?.join(':') === '0:0:0:0:0:0:0:1';
}
