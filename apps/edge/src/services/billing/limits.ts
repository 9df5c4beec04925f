import type { Limits, SetLimitsRequest } from '@headwright/shared/api/billing';
import { CURRENCY } from '@headwright/shared/money';
import { and, eq } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { wallets } from '../../db/schema/wallets.ts';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { readWallet } from './read-wallet.ts';

/** What the account may spend and have open, in the caller's mode. */
export async function getLimits({ deps, actor }: AccountContext): Promise<Limits> {
  const wallet = await readWallet(deps, actor);
  const [[account], keys] = await deps.db.batch([
    deps.db.select().from(accounts).where(eq(accounts.id, actor.accountId)),
    deps.db
      .select({ id: apiKeys.id, cap: apiKeys.monthlySpendCap })
      .from(apiKeys)
      .where(and(eq(apiKeys.accountId, actor.accountId), eq(apiKeys.mode, actor.mode)))
      .orderBy(apiKeys.id),
  ]);
  if (account === undefined) throw new Error(`getLimits: there is no account ${actor.accountId}`);
  const spent = (keyId: string) => wallet.committedByKey.get(keyId) ?? 0;
  return {
    object: 'limits',
    currency: CURRENCY,
    month: wallet.period,
    monthly_cap: wallet.monthlyCapMinor,
    committed: wallet.committedMinor,
    credit_limit: wallet.creditLimitMinor,
    keys: keys
      .filter(({ id, cap }) => cap !== null || spent(id) > 0)
      .map(({ id, cap }) => ({ key_id: id, monthly_cap: cap, committed: spent(id) })),
    concurrency: { running: account.runningLimit, waiting: account.waitingLimit },
  };
}

/** Sets the account's own cap; it counts from the next job on, and no job that was accepted is touched. */
export async function setLimits(ctx: AccountContext, request: SetLimitsRequest): Promise<Limits> {
  const { accountId, mode } = ctx.actor;
  const monthlyCapMinor = request.monthly_cap;
  const { db } = ctx.deps;
  await db.batch([
    db
      .insert(wallets)
      .values({ accountId, mode, monthlyCapMinor })
      .onConflictDoUpdate({ target: [wallets.accountId, wallets.mode], set: { monthlyCapMinor } }),
    auditStatement(ctx.deps, auditOf(ctx, 'limits.set', `${mode}:${monthlyCapMinor ?? 'none'}`)),
  ]);
  return getLimits(ctx);
}
