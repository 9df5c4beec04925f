import { SubscribableEventType } from '@headwright/shared/event-types';
import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';

/** Where an account wants to be told of its events. We must sign with its secret, so that is encrypted, not hashed. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    /** Mode of the key that made it; events of the other mode never come here. */
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    url: text('url').notNull(),
    description: text('description'),
    eventTypes: jsonColumn('event_types', z.array(SubscribableEventType)).notNull(),
    status: text('status', { enum: ['enabled', 'disabled'] }).notNull(),
    /** `gone`: answered 410; `failing`: every attempt of five days failed; `asked`: its owner did it. */
    disabledReason: text('disabled_reason', { enum: ['gone', 'failing', 'asked'] }),
    /** `{key}.{iv}.{ciphertext}`, see services/webhooks/seal.ts. */
    secret: text('secret').notNull(),
    /** Signs as well until it expires. */
    previousSecret: text('previous_secret'),
    previousSecretExpiresAt: instantMs('previous_secret_expires_at'),
    /** The first failed attempt since the last one that succeeded. */
    failingSince: instantMs('failing_since'),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [
    index('webhook_endpoints_account').on(table.accountId, table.mode, table.id),
    check('webhook_endpoints_mode', sql`mode in ('test', 'live')`),
    check('webhook_endpoints_status', sql`status in ('enabled', 'disabled')`),
    check('webhook_endpoints_reason', sql`(disabled_reason is not null) = (status = 'disabled')`),
    check(
      'webhook_endpoints_previous',
      sql`(previous_secret is null) = (previous_secret_expires_at is null)`,
    ),
    check('webhook_endpoints_event_types', sql`json_valid(event_types)`),
  ],
);

export type EndpointRow = typeof webhookEndpoints.$inferSelect;
