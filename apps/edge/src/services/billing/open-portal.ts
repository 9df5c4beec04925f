import type { Portal, PortalRequest } from '@headwright/shared/api/billing';
import type { AccountContext } from '../context.ts';
import { ensureCustomer } from './ensure-customer.ts';
import { paymentsOf } from './payments-of.ts';

/** The provider's page with the account's invoices and means of payment. */
export async function openPortal({ deps, actor }: AccountContext, request: PortalRequest): Promise<Portal> {
  const customerId = await ensureCustomer(deps, actor.accountId, actor.mode);
  const url = await paymentsOf(deps, actor.mode).createPortal(customerId, request.return_url);
  return { object: 'portal', url };
}
