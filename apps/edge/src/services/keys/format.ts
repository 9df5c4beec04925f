/** Crockford's base32, lower case: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** `hk_test_`, `hk_live_`: a developer's key. `hc_test_`, `hc_live_`: a client token. `rk_`: a runner's key. */
const PREFIXES = ['hk_test_', 'hk_live_', 'hc_test_', 'hc_live_', 'rk_'] as const;
export type KeyPrefix = (typeof PREFIXES)[number];

const KEY = /^(h[kc]_test_|h[kc]_live_|rk_)([0-9a-hjkmnp-tv-z]{52})([0-9a-hjkmnp-tv-z]{7})$/;

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}

/** CRC-32 (ISO-HDLC) of ASCII text, as seven base32 characters. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const value = ~crc >>> 0;
  return base32(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
}

/** Prefix, 32 bytes of randomness in base32, and a checksum by which a secret scanner knows a key from noise. */
export function formatKey(prefix: KeyPrefix, random: Uint8Array): string {
  if (random.length !== 32) throw new Error(`formatKey: expected 32 bytes, got ${random.length}`);
  const body = prefix + base32(random);
  return body + checksum(body);
}

/** A new key; shown once, stored as its hash. */
export function createKey(prefix: KeyPrefix): string {
  return formatKey(prefix, crypto.getRandomValues(new Uint8Array(32)));
}

/** The prefix of a well-formed key whose checksum is right, else null. Needs no database. */
export function keyPrefix(key: string): KeyPrefix | null {
  const match = KEY.exec(key);
  if (match === null) return null;
  const [, prefix, random, sum] = match;
  if (checksum(`${prefix}${random}`) !== sum) return null;
  return PREFIXES.find((known) => known === prefix) ?? null;
}

const encoder = new TextEncoder();
const HEXADECIMAL = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** SHA-256 of a secret, lower-case hexadecimal: the only form in which the database holds it. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(secret));
  let text = '';
  for (const byte of new Uint8Array(digest)) text += HEXADECIMAL[byte];
  return text;
}
