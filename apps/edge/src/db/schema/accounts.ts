import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';

/** A developer who owns heads. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** Name of a row of services/quotas/plans.ts, where the limits below came from. */
    plan: text('plan').notNull(),
    /** Jobs that may be with runners, or ready for one, at a time. */
    runningLimit: integer('running_limit').notNull(),
    /** Jobs that may wait behind those. */
    waitingLimit: integer('waiting_limit').notNull(),
    /** Where its owner is mailed; null: nobody is. */
    contactEmail: text('contact_email'),
    /** Whether shared caches may keep files behind signed links. */
    publicFiles: integer('public_files', { mode: 'boolean' }).notNull().default(false),
    createdAt: instantMs('created_at').notNull(),
    /** Set when the owner asked to be forgotten; the sweep then does so, head by head. */
    deletedAt: instantMs('deleted_at'),
  },
  () => [
    check('accounts_running_limit', sql`running_limit between 1 and 1000000`),
    check('accounts_waiting_limit', sql`waiting_limit between 0 and 1000000`),
  ],
);
