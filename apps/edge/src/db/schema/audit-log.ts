import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';

/** Append-only: who did what that cannot be undone or that somebody may ask about. It outlives what it names. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    /** A key, a client token, or `operator`. */
    actor: text('actor').notNull(),
    /** Such as `head.delete`. */
    action: text('action').notNull(),
    /** Id of the object that it was done to. */
    target: text('target').notNull(),
    requestId: text('request_id').notNull(),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [index('audit_log_account').on(table.accountId, table.id)],
);
