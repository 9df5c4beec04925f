import { Webhook } from 'standardwebhooks';
import type { Event } from './generated/types.ts';

/** Where an event goes, and with which secret it is signed. */
export interface ForwardTarget {
  url: string;
  secret: string;
  fetch?: typeof fetch;
}

/** Posts an event as the API's own webhooks are posted: the same body, the same headers. Returns the status of the answer. */
export async function forwardEvent(event: Event, target: ForwardTarget): Promise<number> {
  const { id, type, data, created_at: timestamp } = event;
  const body = JSON.stringify({ type, timestamp, data });
  const at = new Date();
  const response = await (target.fetch ?? fetch)(target.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(target.secret).sign(id, at, body),
    },
    body,
    signal: AbortSignal.timeout(15_000),
  });
  await response.body?.cancel();
  return response.status;
}
