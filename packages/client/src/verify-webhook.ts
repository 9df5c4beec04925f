import { Webhook } from 'standardwebhooks';
import type { WebhookPayload } from './generated/types.ts';

/**
 * The payload of a webhook whose signature holds and that is at most five minutes old; throws otherwise. While a secret is being
 * replaced, either verifies. Hand over the body as it came: parsed and written again it no longer matches.
 *
 * References: Standard Webhooks.
 */
export function verifyWebhook(body: string, headers: Headers, secret: string): WebhookPayload {
  const signed: Record<string, string> = {};
  headers.forEach((value, name) => {
    signed[name] = value;
  });
  // Whoever knows the secret is the API, and its contract says what a payload holds.
  return new Webhook(secret).verify(body, signed) as WebhookPayload;
}
