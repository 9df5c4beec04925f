import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { accounts } from './accounts.ts';
import { jobs } from './jobs.ts';

/**
 * Which job a customer's `Idempotency-Key` stands for. Written in the batch that makes the job, so that there is one
 * exactly if there is the other; the answer to a repeat is rebuilt from the job.
 */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    /** SHA-256 over account, mode, end user, method, route and key. */
    scope: text('scope').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    /** SHA-256 of path and body; empty once the head has been deleted, since it comes from the prompt. */
    fingerprint: text('fingerprint').notNull(),
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [
    index('idempotency_keys_job').on(table.jobId),
    index('idempotency_keys_created').on(table.createdAt),
    check('idempotency_keys_scope', sql`length(scope) = 64`),
  ],
);
