import { Account, UpdateAccountRequest } from '@headwright/shared/api/account';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { readJson } from '../../../http/read-json.ts';
import { updateAccountOf } from '../../../services/account/update.ts';

export const updateAccountContract: Contract = {
  operation: 'updateAccount',
  tag: 'Account',
  summary: 'Change name or contact',
  description: 'In both modes. What is not named stays as it is.',
  body: UpdateAccountRequest,
  responses: { 200: { description: 'The account as it is now.', schema: Account } },
};

/** PATCH /v1/account */
export async function patchAccount(c: AppContext): Promise<Response> {
  return c.json(await updateAccountOf(c.get('account'), await readJson(c.req.raw, UpdateAccountRequest)));
}
