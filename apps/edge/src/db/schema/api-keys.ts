import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Credentials of accounts. We only verify them, so only their hashes are here. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    /** SHA-256 of the whole key, lower-case hexadecimal. */
    hash: text('hash').notNull().unique(),
    createdAt: instantMs('created_at').notNull(),
    revokedAt: instantMs('revoked_at'),
  },
  (table) => [
    index('api_keys_account').on(table.accountId),
    check('api_keys_mode', sql`mode in ('test', 'live')`),
    check('api_keys_hash', sql`length(hash) = 64`),
  ],
);
