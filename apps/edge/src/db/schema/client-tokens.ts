import { RenditionName } from '@headwright/shared/renditions';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';
import { apiKeys } from './api-keys.ts';

/** Which finished heads a token may see besides those it makes: all of its end user's, or these; null is no others. */
export const TokenReach = z.union([z.literal('own'), z.array(z.string()).max(50)]);

const Renditions = z.array(RenditionName);

/** Short-lived credentials of apps, each under the key that minted it; hashes only. */
export const clientTokens = sqliteTable(
  'client_tokens',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    keyId: text('key_id')
      .notNull()
      .references(() => apiKeys.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    hash: text('hash').notNull().unique(),
    endUser: text('end_user').notNull(),
    /** Jobs that this token may create in all; those it did are the rows of `jobs` that name it. */
    createLimit: integer('create_limit').notNull(),
    reach: jsonColumn('reach', TokenReach),
    /** The most that its jobs may cost in all, minor units; null is no cap of its own. */
    maxCost: integer('max_cost'),
    /** The only files that it may order and read; null is all. */
    renditions: jsonColumn('renditions', Renditions),
    createdAt: instantMs('created_at').notNull(),
    expiresAt: instantMs('expires_at').notNull(),
    revokedAt: instantMs('revoked_at'),
  },
  (table) => [
    index('client_tokens_account').on(table.accountId, table.id),
    check('client_tokens_mode', sql`mode in ('test', 'live')`),
    check('client_tokens_hash', sql`length(hash) = 64`),
    check('client_tokens_create_limit', sql`create_limit between 0 and 1000`),
    check('client_tokens_max_cost', sql`max_cost is null or max_cost >= 0`),
  ],
);
