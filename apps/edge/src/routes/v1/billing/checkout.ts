import { Checkout, CheckoutRequest } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { startCheckout } from '../../../services/billing/start-checkout.ts';

export const createCheckoutContract: Contract = {
  operation: 'createCheckout',
  tag: 'Billing',
  summary: 'Buy credit',
  description: 'A test key buys test credit, which costs nothing.',
  body: CheckoutRequest,
  responses: { 201: { description: 'The page on which to pay.', schema: Checkout } },
  problems: ['billing.unavailable'],
};

/** POST /v1/billing/checkout */
export async function postCheckout(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, CheckoutRequest);
  const { origin } = new URL(c.req.url);
  return c.json(await startCheckout(c.get('account'), input, origin), 201);
}
