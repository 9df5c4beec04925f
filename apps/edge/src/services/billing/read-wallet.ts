import { and, eq } from 'drizzle-orm';
import { spending } from '../../db/schema/spending.ts';
import { wallets } from '../../db/schema/wallets.ts';
import type { AccountActor, Deps } from '../context.ts';
import { periodOf } from './period.ts';

/** An account's wallet in one mode and what it has committed this month, as of one moment. */
export async function readWallet({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: AccountActor) {
  const period = periodOf(clock());
  const [[wallet], months] = await db.batch([
    db
      .select()
      .from(wallets)
      .where(and(eq(wallets.accountId, actor.accountId), eq(wallets.mode, actor.mode))),
    db
      .select()
      .from(spending)
      .where(
        and(
          eq(spending.accountId, actor.accountId),
          eq(spending.mode, actor.mode),
          eq(spending.period, period),
        ),
      ),
  ]);
  return {
    period,
    arrangement: wallet?.arrangement ?? 'prepaid',
    balanceMinor: wallet?.balanceMinor ?? 0,
    heldMinor: wallet?.heldMinor ?? 0,
    creditLimitMinor: wallet?.creditLimitMinor ?? null,
    monthlyCapMinor: wallet?.monthlyCapMinor ?? null,
    customerId: wallet?.customerId ?? null,
    committedMinor: months.find(({ keyId }) => keyId === '')?.committedMinor ?? 0,
    committedByKey: new Map(months.map(({ keyId, committedMinor }) => [keyId, committedMinor])),
  };
}
