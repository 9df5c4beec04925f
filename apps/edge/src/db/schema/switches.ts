import { sql } from 'drizzle-orm';
import { check, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';

/** What an operator has switched: a row is on, no row is off. */
export const switches = sqliteTable(
  'switches',
  {
    name: text('name', { enum: ['creates_paused'] }).primaryKey(),
    /** A sentence for customers. */
    reason: text('reason').notNull(),
    changedAt: instantMs('changed_at').notNull(),
  },
  () => [check('switches_name', sql`name in ('creates_paused')`)],
);
