import type { LocalPayments, NewCheckout } from '../../ports/payments/interface.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { recordPaymentEvent } from './record-payment-event.ts';

/** An open payment page of our own provider. */
export async function readLocalCheckout(payments: LocalPayments, id: string): Promise<NewCheckout> {
  const checkout = await payments.readCheckout(id);
  if (checkout === null) throw new ServiceError('resource.not_found', 'There is no such checkout.');
  return checkout;
}

/** Pays such a page, as a provider's event would tell it. Paying twice is paying once. */
export async function payLocally(deps: Deps, id: string): Promise<NewCheckout> {
  const checkout = await readLocalCheckout(deps.payments.test, id);
  const { accountId, mode, amountMinor } = checkout;
  await recordPaymentEvent(deps, {
    id: `evt_local_${id}`,
    type: 'checkout.session.completed',
    createdAtMs: deps.clock(),
    change: { kind: 'credit', accountId, mode, paymentId: `pi_local_${id}`, amountMinor },
  });
  return checkout;
}
