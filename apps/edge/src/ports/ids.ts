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

/** The time of a ULID: milliseconds as ten digits. */
function timeDigits(ms: number): string {
  let text = '';
  for (let rest = ms; text.length < 10; rest = Math.floor(rest / 32))
    text = ALPHABET.charAt(rest % 32) + text;
  return text;
}

/** The random part of a ULID: sixteen digits, of which the first leaves room to count up. */
function randomDigits(): number[] {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte & 31);
  digits[0] = (digits[0] ?? 0) >> 1;
  return digits;
}

/** The number after this one. */
function countUp(digits: number[]): void {
  let i = digits.length - 1;
  while (digits[i] === 31) digits[i--] = 0;
  digits[i] = (digits[i] ?? 0) + 1;
}

function randomHex(byteCount: number): string {
  return [...crypto.getRandomValues(new Uint8Array(byteCount))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** Ids from the platform's random source and the given clock; those of one millisecond count up. */
export function createIds(clock: Clock): Ids {
  let lastMs = -1;
  let time = '';
  let digits: number[] = [];
  return {
    create(prefix) {
      const nowMs = clock();
      if (nowMs === lastMs) {
        countUp(digits);
      } else {
        lastMs = nowMs;
        time = timeDigits(nowMs);
        digits = randomDigits();
      }
      let random = '';
      for (const digit of digits) random += ALPHABET.charAt(digit);
      return `${prefix}_${time}${random}`;
    },
    token: () => randomHex(32),
    seed: () => Number.parseInt(randomHex(4), 16) >>> 1,
  };
}
