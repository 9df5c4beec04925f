import type { NamedKey } from '../../env.ts';

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const importKey = ({ key }: NamedKey) =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);

/**
 * Encrypts a secret as `{key name}.{iv}.{ciphertext}` by AES-GCM under the first key. It opens only for the same owner,
 * so that a row's secret is of no use in another row.
 */
export async function seal(keys: readonly NamedKey[], owner: string, secret: string): Promise<string> {
  const [newest] = keys;
  if (newest === undefined) throw new Error('seal: expected at least one key');
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(owner);
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    await importKey(newest),
    new TextEncoder().encode(secret),
  );
  return [newest.name, toBase64(iv), toBase64(new Uint8Array(ciphertext))].join('.');
}

/** Decrypts what `seal` has made, with the key that it names. */
export async function unseal(keys: readonly NamedKey[], owner: string, sealed: string): Promise<string> {
  const [name, iv = '', ciphertext = ''] = sealed.split('.');
  const key = keys.find((each) => each.name === name);
  if (key === undefined) throw new Error(`unseal: no key is named ${name ?? ''}`);
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: fromBase64(iv), additionalData: new TextEncoder().encode(owner) },
    await importKey(key),
    fromBase64(ciphertext),
  );
  return new TextDecoder().decode(plain);
}
