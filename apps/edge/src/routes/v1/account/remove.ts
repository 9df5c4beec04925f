import { DeleteAccountQuery, DeletedAccount } from '@headwright/shared/api/account';
import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { parseInput } from '../../../http/read-json.ts';
import { deleteAccount } from '../../../services/account/delete.ts';

export const deleteAccountContract: Contract = {
  operation: 'deleteAccount',
  tag: 'Account',
  summary: 'Delete the account',
  description:
    'Revokes all keys, stops webhooks, and erases all heads with their files and words, in both modes; large accounts take some minutes. The ledger stays, without names. Only a live key can do this, and nobody can undo it.',
  query: DeleteAccountQuery,
  responses: { 200: { description: 'What is left of the account.', schema: DeletedAccount } },
};

/** DELETE /v1/account?confirm={account_id} */
export async function removeAccount(c: AppContext): Promise<Response> {
  const { confirm } = parseInput(DeleteAccountQuery, c.req.query());
  return c.json(await deleteAccount(c.get('account'), confirm));
}
