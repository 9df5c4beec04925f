import { CURRENCY } from '@headwright/shared/money';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { Deps } from '../context.ts';
import { periodOf } from './period.ts';

/**
 * Gives what a job cost back as credit, once. False if there is nothing to give back: no capture, a refund before, or
 * an invoiced job, whose invoice is corrected where it was written.
 */
export async function refundJob({ db, ids, clock }: Pick<Deps, 'db' | 'ids' | 'clock'>, jobId: string) {
  const nowMs = clock();
  const written = await insertSelect(
    db,
    ledgerEntries,
    {
      id: ids.create('led'),
      accountId: sql`captured.account_id`,
      mode: sql`captured.mode`,
      kind: 'refund',
      arrangement: 'prepaid',
      amountMinor: sql`captured.amount_minor`,
      currency: CURRENCY,
      jobId,
      keyId: sql`captured.key_id`,
      period: periodOf(nowMs),
      priceVersion: sql`captured.price_version`,
      reference: null,
      createdAt: nowMs,
    },
    sql`from ledger_entries as captured where captured.job_id = ${jobId} and captured.kind = 'capture'
      and captured.arrangement = 'prepaid' and not exists (select 1 from ledger_entries as given
        where given.job_id = ${jobId} and given.kind = 'refund')`,
  ).returning({ id: ledgerEntries.id });
  return written.length === 1;
}
