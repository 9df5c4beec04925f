import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Events of the payment provider, each stored once in the batch that acts on it. */
export const paymentEvents = sqliteTable(
  'payment_events',
  {
    /** The provider's own id. */
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    /** The entry that it appended. A replay draws another id, so it finds a row that is not its own and appends nothing. */
    ledgerId: text('ledger_id').notNull().unique(),
    receivedAt: instantMs('received_at').notNull(),
  },
  (table) => [
    index('payment_events_account').on(table.accountId, table.mode),
    check('payment_events_mode', sql`mode in ('test', 'live')`),
  ],
);
