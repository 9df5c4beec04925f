import type { Account } from '@headwright/shared/api/account';
import { eq } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import type { AccountContext } from '../context.ts';

/** The account behind a key. */
export async function getAccount({ actor, deps }: AccountContext): Promise<Account> {
  const [row] = await deps.db.select().from(accounts).where(eq(accounts.id, actor.accountId));
  if (row === undefined) throw new Error(`getAccount: there is no account ${actor.accountId}`);
  return {
    id: row.id,
    object: 'account',
    name: row.name,
    contact_email: row.contactEmail,
    plan: row.plan,
    running_limit: row.runningLimit,
    waiting_limit: row.waitingLimit,
    public_files: row.publicFiles,
    created_at: new Date(row.createdAt).toISOString(),
    urls: { self: '/v1/account', exports: '/v1/account/exports' },
  };
}
