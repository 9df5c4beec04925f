import { EVENT_TYPES } from '@headwright/shared/event-types';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { accounts } from './accounts.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';

/** One event on its way to one endpoint, written in the batch that records the event. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    /** A row of `events` or of `account_events`. */
    eventId: text('event_id').notNull(),
    eventType: text('event_type', { enum: EVENT_TYPES }).notNull(),
    /** `dropped`: the endpoint was disabled before it was told. */
    status: text('status', { enum: ['pending', 'succeeded', 'failed', 'dropped'] }).notNull(),
    /** Attempts begun, those before a redelivery included. */
    attemptCount: integer('attempt_count').notNull(),
    /** `attempt_count` when the schedule last began anew. */
    seriesStart: integer('series_start').notNull(),
    /** When the next attempt is due; during an attempt, when it counts as lost. */
    nextAttemptAt: instantMs('next_attempt_at'),
    createdAt: instantMs('created_at').notNull(),
    settledAt: instantMs('settled_at'),
  },
  (table) => [
    uniqueIndex('webhook_deliveries_event').on(table.eventId, table.endpointId),
    index('webhook_deliveries_endpoint').on(table.endpointId, table.id),
    index('webhook_deliveries_pending')
      .on(table.endpointId, table.nextAttemptAt)
      .where(sql`next_attempt_at is not null`),
    index('webhook_deliveries_due')
      .on(table.nextAttemptAt, table.endpointId)
      .where(sql`next_attempt_at is not null`),
    index('webhook_deliveries_settled').on(table.settledAt).where(sql`settled_at is not null`),
    check('webhook_deliveries_status', sql`status in ('pending', 'succeeded', 'failed', 'dropped')`),
    check('webhook_deliveries_next', sql`(next_attempt_at is not null) = (status = 'pending')`),
    check('webhook_deliveries_done', sql`(settled_at is not null) = (status <> 'pending')`),
    check('webhook_deliveries_series', sql`series_start between 0 and attempt_count`),
  ],
);

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
