import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';

/** The column of an ending job's row that names the entry by which its hold ends. */
export function pinSettlement(ledgerId: string): { settlementId: SQL } {
  return { settlementId: sql`case when hold_id is not null then ${ledgerId} end` };
}

/**
 * The part of a transition's batch that ends the hold of a job which has just ended: a success is captured, all else
 * is released. It writes nothing unless the job whose newest event is `eventId` pinned a settlement in this batch.
 */
export function settleStatements(db: Database, eventId: string) {
  return [
    insertSelect(
      db,
      ledgerEntries,
      {
        id: sql`jobs.settlement_id`,
        accountId: sql`held.account_id`,
        mode: sql`held.mode`,
        kind: sql`case when jobs.status = 'succeeded' then 'capture' else 'release' end`,
        arrangement: sql`held.arrangement`,
        amountMinor: sql`held.amount_minor`,
        currency: sql`held.currency`,
        jobId: sql`jobs.id`,
        keyId: sql`held.key_id`,
        period: sql`held.period`,
        priceVersion: sql`held.price_version`,
        reference: null,
        createdAt: sql`jobs.finished_at`,
      },
      sql`from jobs join ledger_entries as held on held.id = jobs.hold_id
        where jobs.last_event_id = ${eventId} and jobs.settlement_id is not null`,
    ),
  ] as const;
}
