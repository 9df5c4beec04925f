import type { LedgerEntry } from '@headwright/shared/api/billing';
import { and, eq } from 'drizzle-orm';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeEntry } from './describe-entry.ts';

/** One entry of the account's ledger in the caller's mode. */
export async function getEntry({ deps, actor }: AccountContext, entryId: string): Promise<LedgerEntry> {
  const [row] = await deps.db
    .select()
    .from(ledgerEntries)
    .where(
      and(
        eq(ledgerEntries.id, entryId),
        eq(ledgerEntries.accountId, actor.accountId),
        eq(ledgerEntries.mode, actor.mode),
      ),
    );
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such ledger entry.');
  return describeEntry(row);
}
