import type { LedgerList, LedgerQuery } from '@headwright/shared/api/billing';
import { and, desc, eq, lt } from 'drizzle-orm';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { AccountContext } from '../context.ts';
import { createdBetween } from '../created-between.ts';
import { describeEntry } from './describe-entry.ts';

/** A page of the account's ledger in the caller's mode, newest first. */
export async function listEntries({ deps, actor }: AccountContext, query: LedgerQuery): Promise<LedgerList> {
  const found = await deps.db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.accountId, actor.accountId),
        eq(ledgerEntries.mode, actor.mode),
        query.starting_after === undefined ? undefined : lt(ledgerEntries.id, query.starting_after),
        query.kind === undefined ? undefined : eq(ledgerEntries.kind, query.kind),
        query.job_id === undefined ? undefined : eq(ledgerEntries.jobId, query.job_id),
        createdBetween(ledgerEntries.createdAt, query),
      ),
    )
    .orderBy(desc(ledgerEntries.id))
    .limit(query.limit + 1);
  return {
    object: 'list',
    data: found.slice(0, query.limit).map(describeEntry),
    has_more: found.length > query.limit,
  };
}
