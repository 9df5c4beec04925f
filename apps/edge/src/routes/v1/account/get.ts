import { Account } from '@headwright/shared/api/account';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { getAccount } from '../../../services/account/get.ts';

export const getAccountContract: Contract = {
  operation: 'getAccount',
  tag: 'Account',
  summary: 'Read the account',
  responses: { 200: { description: 'The account of the key.', schema: Account } },
};

/** GET /v1/account */
export async function readAccount(c: AppContext): Promise<Response> {
  return c.json(await getAccount(c.get('account')));
}
