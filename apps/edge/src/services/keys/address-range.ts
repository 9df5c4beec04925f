/** An address as a number, and how many bits it has. */
interface Address {
  value: bigint;
  bits: 32 | 128;
}

/** What stands before an IPv4 address in IPv6's notation of it (`::ffff:192.0.2.1`). */
const MAPPED_PREFIX = 0xffffn;

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** The sixteen-bit groups of one side of `::`; its last part may be an IPv4 address. */
function parseGroups(text: string): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const part of text.split(':')) {
    const ipv4 = part.includes('.') ? parseIpv4(part) : null;
    if (ipv4 !== null) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

function parseAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const value = parseIpv4(text);
    return value === null ? null : { value, bits: 32 };
  }
  const [head = '', tail, ...more] = text.split('::');
  const [first, last] = [parseGroups(head), parseGroups(tail ?? '')];
  if (first === null || last === null || more.length > 0) return null;
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...first, ...Array.from({ length: missing }, () => 0n), ...last];
  const value = groups.reduce((sum, group) => (sum << 16n) | group, 0n);
  return value >> 32n === MAPPED_PREFIX ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 };
}

/**
 * Whether an address lies in a range such as `192.0.2.0/24`, `2001:db8::/32`, or one address.
 *
 * References: RFC 4632, 3.1; RFC 4291, 2.2 and 2.5.5.2.
 */
export function isInRange(address: string, range: string): boolean {
  const [base = '', length] = range.split('/');
  const [asked, known] = [parseAddress(address), parseAddress(base)];
  if (asked === null || known === null || asked.bits !== known.bits) return false;
  const shift = BigInt(known.bits - (length === undefined ? known.bits : Number(length)));
  return asked.value >> shift === known.value >> shift;
}
