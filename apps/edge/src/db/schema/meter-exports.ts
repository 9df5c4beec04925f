import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { ledgerEntries } from './ledger-entries.ts';

/** Captures of invoiced accounts on their way to the payment provider's meter. The ledger's trigger adds them. */
export const meterExports = sqliteTable(
  'meter_exports',
  {
    ledgerId: text('ledger_id')
      .primaryKey()
      .references(() => ledgerEntries.id),
    accountId: text('account_id').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    /** When the capture happened: the meter event's own time. */
    capturedAt: instantMs('captured_at').notNull(),
    /** Before the first send; from then on the provider may know it, answered or not. */
    triedAt: instantMs('tried_at'),
    sentAt: instantMs('sent_at'),
  },
  (table) => [
    index('meter_exports_pending').on(table.capturedAt).where(sql`sent_at is null`),
    index('meter_exports_account').on(table.accountId, table.capturedAt),
    check('meter_exports_sent', sql`sent_at is null or tried_at is not null`),
  ],
);
