import { ATTEMPT_OUTCOMES } from '@headwright/shared/api/webhooks';
import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { webhookDeliveries } from './webhook-deliveries.ts';

/** The delivery log: one request to an endpoint, written before it is sent and completed by its answer. */
export const webhookAttempts = sqliteTable(
  'webhook_attempts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 … within the delivery. */
    number: integer('number').notNull(),
    outcome: text('outcome', { enum: ATTEMPT_OUTCOMES }).notNull(),
    statusCode: integer('status_code'),
    /** What went wrong, in a sentence. */
    detail: text('detail'),
    /** The beginning of an answer that was no success. */
    responseExcerpt: text('response_excerpt'),
    startedAt: instantMs('started_at').notNull(),
    durationMs: integer('duration_ms'),
  },
  (table) => [
    primaryKey({ columns: [table.deliveryId, table.number] }),
    check('webhook_attempts_number', sql`number >= 1`),
  ],
);
