import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { paymentsOf } from './payments-of.ts';
import { recordPaymentEvent } from './record-payment-event.ts';

/** Takes an event that the payment provider sends, if it is the provider's. */
export async function receivePaymentEvent(deps: Deps, body: string, signature: string): Promise<void> {
  const event = await paymentsOf(deps, 'live').readEvent(body, signature);
  if (event === null) throw new ServiceError('billing.invalid_signature');
  await recordPaymentEvent(deps, event);
}
