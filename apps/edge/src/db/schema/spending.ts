import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * What the jobs that were accepted in a month cost or may still cost: holds less releases. Written by the
 * ledger's trigger alone, so that a cap is checked by reading one row.
 */
export const spending = sqliteTable(
  'spending',
  {
    accountId: text('account_id').notNull(),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    /** One key's part; empty for the whole account's. */
    keyId: text('key_id').notNull(),
    /** `YYYY-MM`, UTC. */
    period: text('period').notNull(),
    committedMinor: integer('committed_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.mode, table.keyId, table.period] }),
    check('spending_committed', sql`committed_minor >= 0`),
  ],
);
