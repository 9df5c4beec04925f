import type { AppContext } from '../../http/context.ts';
import { readBody } from '../../http/read-body.ts';
import { receivePaymentEvent } from '../../services/billing/receive-payment-event.ts';

/** Stripe's events are some kilobytes; an object in one can be larger than a request of ours may be. */
const EVENT_MAX_BYTES = 512 * 1024;

/** POST /hooks/stripe */
export async function postStripeEvent(c: AppContext): Promise<Response> {
  // The signature is over the bytes as they came.
  const body = new TextDecoder().decode(await readBody(c.req.raw, EVENT_MAX_BYTES));
  await receivePaymentEvent(c.get('deps'), body, c.req.header('Stripe-Signature') ?? '');
  return c.json({ received: true });
}
