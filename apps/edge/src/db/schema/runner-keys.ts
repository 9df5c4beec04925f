import { sql } from 'drizzle-orm';
import { check, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';

/** Credentials of runners, revocable one by one; hashes only. */
export const runnerKeys = sqliteTable(
  'runner_keys',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    hash: text('hash').notNull().unique(),
    /** Whose jobs this runner may take: those of test keys, of live keys, or both. */
    mode: text('mode', { enum: ['test', 'live', 'any'] }).notNull(),
    createdAt: instantMs('created_at').notNull(),
    revokedAt: instantMs('revoked_at'),
  },
  () => [
    check('runner_keys_mode', sql`mode in ('test', 'live', 'any')`),
    check('runner_keys_hash', sql`length(hash) = 64`),
  ],
);
