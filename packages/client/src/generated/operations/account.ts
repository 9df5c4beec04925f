// Written by `npm run generate` from the contracts of the routes; edit those.
import type { Account, DeletedAccount, UpdateAccountRequest } from '../types.ts';
import type { CallOptions } from '../../transport.ts';
import { KeysOperations } from './keys.ts';

/** Export and deletion of everything that an account has. */
export class AccountOperations extends KeysOperations {
  /** Read the account. */
  getAccount(options: CallOptions = {}): Promise<Account> {
    return this.json<Account>({ method: 'GET', path: '/v1/account' }, options);
  }

  /** Change name or contact. In both modes. What is not named stays as it is. */
  updateAccount(body: UpdateAccountRequest, options: CallOptions = {}): Promise<Account> {
    return this.json<Account>({ method: 'PATCH', path: '/v1/account', body }, options);
  }

  /** Delete the account. Revokes all keys, stops webhooks, and erases all heads with their files and words, in both modes; large accounts take some minutes. The ledger stays, without names. Only a live key can do this, and nobody can undo it. */
  deleteAccount(
    query: {
      /** The id of the account, so that nobody deletes one by accident. */
      confirm: string;
    },
    options: CallOptions = {},
  ): Promise<DeletedAccount> {
    return this.json<DeletedAccount>({ method: 'DELETE', path: '/v1/account', query }, options);
  }

  /** Export everything. One JSON object a line: the account, then everything that it has in the mode of the key, each as the API shows it: heads and revisions with the addresses of their files, jobs, ledger entries, events, webhook endpoints, keys and client tokens without their secrets, and moderation flags. The last line has the object `export_end` and counts the others; an export without it was cut off. */
  exportAccount(options: CallOptions = {}): Promise<Response> {
    return this.send({ method: 'POST', path: '/v1/account/exports' }, options);
  }
}
