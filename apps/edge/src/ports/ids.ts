import type { Clock } from './clock.ts';

/** Crockford's base32, lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids and other randomness, behind one door so that tests can fix them. */
export interface Ids {
  /** `${prefix}_` and a ULID: sorts by creation time. */
  create<P extends string>(prefix: P): `${P}_${string}`;
  /** 256 random bits as lower-case hexadecimal. */
  token(): string;
  /** A uniform integer of 31 bits. */
  seed(): number;
}

function base32(value: bigint, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
}

function randomHex(byteCount: number): string {
  return [...crypto.getRandomValues(new Uint8Array(byteCount))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** Ids from the platform's random source and the given clock; those of one millisecond count up. */
export function createIds(clock: Clock): Ids {
  let lastMs = -1;
  let last = 0n;
  return {
    create(prefix) {
      const nowMs = clock();
      last = nowMs === lastMs ? last + 1n : BigInt(`0x${randomHex(10)}`) >> 1n;
      lastMs = nowMs;
      return `${prefix}_${base32(BigInt(nowMs), 10)}${base32(last, 16)}`;
    },
    token: () => randomHex(32),
    seed: () => Number.parseInt(randomHex(4), 16) >>> 1,
  };
}
