import { CURRENCY } from '@headwright/shared/money';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { ledgerEntries } from '../../db/schema/ledger-entries.ts';
import type { Purchase } from './purchase.ts';

/** Columns of a job's row that pin what it costs. */
export function pinPurchase(purchase: Purchase) {
  return {
    amountMinor: purchase.amountMinor,
    priceVersion: purchase.priceVersion,
    holdId: purchase.holdId,
    settlementId: null,
  };
}

/**
 * The part of an admitting batch that holds the job's cost: it copies what the row of the job whose newest event is
 * `eventId` pinned, so it writes nothing if there is none.
 */
export function holdStatements(db: Database, purchase: Purchase, eventId: string) {
  return [
    insertSelect(
      db,
      ledgerEntries,
      {
        id: sql`jobs.hold_id`,
        accountId: sql`jobs.account_id`,
        mode: sql`jobs.mode`,
        kind: 'hold',
        arrangement: sql`coalesce((select arrangement from wallets where wallets.account_id = jobs.account_id
          and wallets.mode = jobs.mode), 'prepaid')`,
        amountMinor: sql`jobs.amount_minor`,
        currency: CURRENCY,
        jobId: sql`jobs.id`,
        keyId: sql`coalesce(jobs.key_id, '')`,
        period: purchase.period,
        priceVersion: sql`jobs.price_version`,
        reference: null,
        createdAt: sql`jobs.created_at`,
      },
      sql`from jobs where jobs.last_event_id = ${eventId} and jobs.hold_id is not null`,
    ),
  ] as const;
}
