import type { Account, UpdateAccountRequest } from '@headwright/shared/api/account';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { getAccount } from './get.ts';

/** Changes what an account is called, where its owner is mailed, and who may keep its files. */
export async function updateAccountOf(ctx: AccountContext, input: UpdateAccountRequest): Promise<Account> {
  const { actor, deps } = ctx;
  const { name, contact_email: contactEmail, public_files: publicFiles } = input;
  await deps.db.batch([
    auditStatement(deps, auditOf(ctx, 'account.update', actor.accountId)),
    deps.db
      .update(accounts)
      .set({
        name: name ?? sql`name`,
        ...(contactEmail === undefined ? {} : { contactEmail }),
        ...(publicFiles === undefined ? {} : { publicFiles }),
      })
      .where(and(eq(accounts.id, actor.accountId), isNull(accounts.deletedAt))),
  ]);
  return getAccount(ctx);
}
