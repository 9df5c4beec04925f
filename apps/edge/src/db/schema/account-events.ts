import { AccountEventData } from '@headwright/shared/api/event-data';
import { ACCOUNT_EVENT_TYPES } from '@headwright/shared/event-types';
import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Append-only: what happened to an account besides the transitions of its jobs, which are rows of `events`. */
export const accountEvents = sqliteTable(
  'account_events',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    type: text('type', { enum: ACCOUNT_EVENT_TYPES }).notNull(),
    /** Sent as it is; ids and addresses, no prompts. */
    data: jsonColumn('data', AccountEventData).notNull(),
    createdAt: instantMs('created_at').notNull(),
    /** When the owner of the account was mailed about it. */
    mailedAt: instantMs('mailed_at'),
  },
  (table) => [
    // What services/mail/sweep.ts looks for.
    index('account_events_unmailed')
      .on(table.createdAt)
      .where(sql`mailed_at is null and type in ('endpoint.disabled', 'usage.threshold')`),
    index('account_events_account').on(table.accountId, table.mode, table.id),
    check('account_events_mode', sql`mode in ('test', 'live')`),
    check('account_events_data', sql`json_valid(data)`),
  ],
);
