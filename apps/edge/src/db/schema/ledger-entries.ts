import { ARRANGEMENTS, LEDGER_KINDS } from '@headwright/shared/ledger-kind';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { accounts } from './accounts.ts';
import { jobs } from './jobs.ts';

/**
 * Every movement of money, append-only: triggers forbid UPDATE and DELETE, and one of them keeps `wallets`,
 * `spending` and `meter_exports` in step with each row, so that no writer can forget to.
 */
export const ledgerEntries = sqliteTable(
  'ledger_entries',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    kind: text('kind', { enum: LEDGER_KINDS }).notNull(),
    /** That of the account when the job was accepted; `prepaid` for all that is not a job's. */
    arrangement: text('arrangement', { enum: ARRANGEMENTS }).notNull(),
    /** Cents, always positive: the kind says in which direction. */
    amountMinor: integer('amount_minor').notNull(),
    currency: text('currency', { enum: ['usd'] }).notNull(),
    /** Set for the kinds of a job. */
    jobId: text('job_id').references(() => jobs.id),
    /** The key that asked for the job; empty for jobs of no known key, and for all that is not a job's. */
    keyId: text('key_id').notNull(),
    /** `YYYY-MM` (UTC) in which the job was accepted: the month whose caps it counts against. */
    period: text('period').notNull(),
    /** Version of the price list that the hold pinned. */
    priceVersion: text('price_version'),
    /** What it answers to outside: a payment, refund or dispute of the provider, or an operator's note. Unique within its kind. */
    reference: text('reference'),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('ledger_entries_job_kind').on(table.jobId, table.kind).where(sql`job_id is not null`),
    // A hold ends in one way.
    uniqueIndex('ledger_entries_settled').on(table.jobId).where(sql`kind in ('capture', 'release')`),
    uniqueIndex('ledger_entries_reference').on(table.kind, table.reference).where(sql`reference is not null`),
    index('ledger_entries_account').on(table.accountId, table.mode, table.id),
    index('ledger_entries_created').on(table.accountId, table.mode, table.kind, table.createdAt),
    check(
      'ledger_entries_kind',
      sql`kind in ('hold', 'capture', 'release', 'refund', 'credit', 'withdrawal', 'dispute', 'dispute_won')`,
    ),
    check('ledger_entries_mode', sql`mode in ('test', 'live')`),
    check('ledger_entries_arrangement', sql`arrangement in ('prepaid', 'invoiced')`),
    check('ledger_entries_amount', sql`typeof(amount_minor) = 'integer' and amount_minor > 0`),
    check('ledger_entries_currency', sql`currency = 'usd'`),
    check(
      'ledger_entries_job',
      sql`(job_id is not null and price_version is not null) = (kind in ('hold', 'capture', 'release', 'refund'))`,
    ),
    check('ledger_entries_period', sql`period glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]'`),
  ],
);

export type LedgerRow = typeof ledgerEntries.$inferSelect;
