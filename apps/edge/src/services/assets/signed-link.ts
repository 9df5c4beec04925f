import type { NamedKey } from '../../env.ts';
import { ServiceError } from '../errors.ts';

/** How long a link lasts, and for how much longer it is honored where clocks differ. */
export const LINK_LIFE_MS = 3_600_000;
const CLOCK_SKEW_MS = 60_000;

/** What a signed link says of itself in its query. */
export interface LinkQuery {
  /** Seconds since the epoch. */
  expires?: string | undefined;
  /** Name of the key that signed. */
  key?: string | undefined;
  /** HMAC-SHA-256, base64url without padding. */
  signature?: string | undefined;
}

const encoder = new TextEncoder();

const signedText = (path: string, expires: string) => encoder.encode(`${path}\n${expires}`);

function importKey({ key }: NamedKey, use: 'sign' | 'verify'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
}

/** A path with a signature, by the first of the keys, that expires. */
export async function signLink(
  keys: readonly NamedKey[],
  path: string,
  expiresAtMs: number,
): Promise<string> {
  const [newest] = keys;
  if (newest === undefined) throw new Error('signLink: expected a key, got none');
  const expires = String(Math.floor(expiresAtMs / 1000));
  const mac = await crypto.subtle.sign('HMAC', await importKey(newest, 'sign'), signedText(path, expires));
  const signature = btoa(String.fromCharCode(...new Uint8Array(mac)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return `${path}?${new URLSearchParams({ expires, key: newest.name, signature }).toString()}`;
}

/** Throws unless one of the keys signed this path until a moment that has not come yet. */
export async function checkLink(
  keys: readonly NamedKey[],
  path: string,
  query: LinkQuery,
  nowMs: number,
): Promise<void> {
  const { expires = '', signature = '' } = query;
  const key = keys.find(({ name }) => name === query.key);
  const isWellFormed = /^\d{1,12}$/.test(expires) && /^[A-Za-z0-9_-]{43}$/.test(signature);
  if (key === undefined || !isWellFormed) throw new ServiceError('asset.url_invalid');
  const bytes = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
  const isOurs = await crypto.subtle.verify(
    'HMAC',
    await importKey(key, 'verify'),
    bytes,
    signedText(path, expires),
  );
  if (!isOurs) throw new ServiceError('asset.url_invalid');
  if (nowMs > Number(expires) * 1000 + CLOCK_SKEW_MS) throw new ServiceError('asset.url_expired');
}
