import { Webhook } from 'standardwebhooks';

/** A new signing secret: 32 random bytes, in the form of Standard Webhooks. */
export function createSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;
}

/**
 * The headers of one request, signed with every secret given; the receiver accepts any of them.
 *
 * References: standardwebhooks.com, "Webhook headers" and "Signature scheme".
 */
export function signatureHeaders(
  secrets: readonly string[],
  eventId: string,
  atMs: number,
  body: string,
): Record<string, string> {
  const at = new Date(atMs);
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(Math.floor(atMs / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(eventId, at, body)).join(' '),
  };
}
