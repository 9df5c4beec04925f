import type { Usage, UsageQuery } from '@headwright/shared/api/billing';
import { CURRENCY } from '@headwright/shared/money';
import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { AccountContext } from '../context.ts';
import { boundsOf, periodOf } from './period.ts';

/** What the parts of a month's usage are called by. */
const GROUPS = {
  day: sql<string | null>`date(${ledgerEntries.createdAt} / 1000, 'unixepoch')`,
  kind: sql<string | null>`${jobs.kind}`,
  key: sql<string | null>`${jobs.keyId}`,
  end_user: sql<string | null>`${jobs.endUser}`,
};

/** The most parts that are told by themselves: the dearest ones. The sums are of all. */
const GROUPS_MAX = 1000;

/** What was captured in a month, by the time of the capture. */
export async function getUsage({ deps, actor }: AccountContext, query: UsageQuery): Promise<Usage> {
  const month = query.month ?? periodOf(deps.clock());
  const groupBy = query.group_by ?? 'day';
  const { fromMs, untilMs } = boundsOf(month);
  const captured = and(
    eq(ledgerEntries.accountId, actor.accountId),
    eq(ledgerEntries.mode, actor.mode),
    eq(ledgerEntries.kind, 'capture'),
    gte(ledgerEntries.createdAt, fromMs),
    lt(ledgerEntries.createdAt, untilMs),
    query.end_user === undefined ? undefined : eq(jobs.endUser, query.end_user),
  );
  const sums = {
    jobs: sql<number>`count(*)`,
    amount: sql<number>`coalesce(sum(${ledgerEntries.amountMinor}), 0)`,
  };
  const ofJob = eq(jobs.id, ledgerEntries.jobId);
  const group = GROUPS[groupBy];
  const [[total], data] = await deps.db.batch([
    deps.db.select(sums).from(ledgerEntries).innerJoin(jobs, ofJob).where(captured),
    deps.db
      .select({ group, ...sums })
      .from(ledgerEntries)
      .innerJoin(jobs, ofJob)
      .where(captured)
      .groupBy(sql`1`)
      .orderBy(groupBy === 'day' ? sql`1` : sql`3 desc, 1`)
      .limit(GROUPS_MAX),
  ]);
  return {
    object: 'usage',
    month,
    currency: CURRENCY,
    jobs: total?.jobs ?? 0,
    amount: total?.amount ?? 0,
    group_by: groupBy,
    data,
  };
}
