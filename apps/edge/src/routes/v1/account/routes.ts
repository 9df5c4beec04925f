import type { Route } from '../../../http/route.ts';
import { exportAccountContract, postExport } from './export.ts';
import { getAccountContract, readAccount } from './get.ts';
import { patchAccount, updateAccountContract } from './update.ts';
import { deleteAccountContract, removeAccount } from './remove.ts';

/** The account itself; what it pays is elsewhere. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/account',
    credential: 'account',
    scope: 'account:manage',
    handler: readAccount,
    contract: getAccountContract,
  },
  {
    method: 'PATCH',
    path: '/v1/account',
    credential: 'account',
    scope: 'account:manage',
    handler: patchAccount,
    contract: updateAccountContract,
  },
  {
    method: 'DELETE',
    path: '/v1/account',
    credential: 'account',
    scope: 'account:manage',
    handler: removeAccount,
    contract: deleteAccountContract,
  },
  {
    method: 'POST',
    path: '/v1/account/exports',
    credential: 'account',
    scope: 'account:manage',
    handler: postExport,
    contract: exportAccountContract,
  },
];
