import type { Checkout, CheckoutRequest } from '@headwright/shared/api/billing';
import { CURRENCY } from '@headwright/shared/money';
import type { AccountContext } from '../context.ts';
import { ensureCustomer } from './ensure-customer.ts';
import { paymentsOf } from './payments-of.ts';

/** A page on which a person buys credit; the credit comes with the provider's event. */
export async function startCheckout(
  { deps, actor }: AccountContext,
  request: CheckoutRequest,
  origin: string,
): Promise<Checkout> {
  const { accountId, mode } = actor;
  const checkout = await paymentsOf(deps, mode).createCheckout({
    accountId,
    mode,
    customerId: await ensureCustomer(deps, accountId, mode),
    amountMinor: request.amount,
    currency: CURRENCY,
    successUrl: request.success_url,
    cancelUrl: request.cancel_url,
    origin,
  });
  return {
    object: 'checkout',
    id: checkout.id,
    amount: request.amount,
    currency: CURRENCY,
    url: checkout.url,
    expires_at: new Date(checkout.expiresAtMs).toISOString(),
  };
}
