import { Portal, PortalRequest } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { openPortal } from '../../../services/billing/open-portal.ts';

export const createPortalContract: Contract = {
  operation: 'createPortal',
  tag: 'Billing',
  summary: 'Open the payment portal',
  description: 'Invoices and means of payment, on a page of the payment provider.',
  body: PortalRequest,
  responses: { 201: { description: 'The page.', schema: Portal } },
  problems: ['billing.unavailable'],
};

/** POST /v1/billing/portal */
export async function postPortal(c: AppContext): Promise<Response> {
  const input = await readJson(c.req.raw, PortalRequest);
  return c.json(await openPortal(c.get('account'), input), 201);
}
