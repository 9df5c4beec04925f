import { SCOPES, Scope } from '@headwright/shared/scopes';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
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
    name: text('name').notNull().default(''),
    /** The key's last four characters, by which people tell keys apart. */
    hint: text('hint').notNull().default(''),
    scopes: jsonColumn('scopes', z.array(Scope))
      .notNull()
      .default([...SCOPES]),
    expiresAt: instantMs('expires_at'),
    /** The most that jobs of this key may cost in a calendar month (UTC), minor units; null is no cap of its own. */
    monthlySpendCap: integer('monthly_spend_cap'),
    /** Addresses and ranges from which alone the key itself may be used; null is from anywhere. */
    allowedIps: jsonColumn('allowed_ips', z.array(z.string())),
    /** Written at most once a minute. */
    lastUsedAt: instantMs('last_used_at'),
    /** The key's text before its last rotation, which works until then. */
    previousHash: text('previous_hash').unique(),
    previousExpiresAt: instantMs('previous_expires_at'),
    /** The API version that the key's requests speak unless they say another: that of its first use. */
    apiVersion: text('api_version'),
  },
  (table) => [
    index('api_keys_account').on(table.accountId),
    check('api_keys_mode', sql`mode in ('test', 'live')`),
    check('api_keys_hash', sql`length(hash) = 64`),
  ],
);
