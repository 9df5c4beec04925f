import { Balance } from '@headwright/shared/api/billing';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { getBalance } from '../../../services/billing/get-balance.ts';

export const getBalanceContract: Contract = {
  operation: 'getBalance',
  tag: 'Billing',
  summary: 'Read the balance',
  description: 'In the mode of the key: test and live money never meet.',
  responses: { 200: { description: 'The balance.', schema: Balance } },
};

/** GET /v1/balance */
export async function readBalance(c: AppContext): Promise<Response> {
  return c.json(await getBalance(c.get('account')));
}
