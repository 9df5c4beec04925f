import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';

/** A new delivery of the outer `webhook_endpoints`, due at once; its id sorts by the time of its event. */
export function newDelivery(eventId: string | SQL, eventType: SQL, atMs: number) {
  return {
    id: sql`'dlv_' || substr(${eventId}, 5, 10) || lower(hex(randomblob(8)))`,
    accountId: sql`webhook_endpoints.account_id`,
    endpointId: sql`webhook_endpoints.id`,
    eventId,
    eventType,
    status: 'pending' as const,
    attemptCount: 0,
    seriesStart: 0,
    nextAttemptAt: atMs,
    createdAt: atMs,
    settledAt: null,
  };
}

/** An outer `webhook_endpoints` wants events of this type now. */
export const wants = (eventType: SQL) => sql`webhook_endpoints.status = 'enabled'
  and exists (select 1 from json_each(webhook_endpoints.event_types) where value = ${eventType})`;

/**
 * Writes a delivery of a job's event for each endpoint that wants it, and returns those endpoints. For the batch that
 * records the event; when that has recorded none, nothing.
 */
export function fanOutJobEvent(db: Database, eventId: string, atMs: number) {
  const type = sql`'job.' || json_extract(events.snapshot, '$.status')`;
  return insertSelect(
    db,
    webhookDeliveries,
    newDelivery(eventId, type, atMs),
    sql`from events join jobs on jobs.id = events.job_id
      join webhook_endpoints on webhook_endpoints.account_id = events.account_id
        and webhook_endpoints.mode = jobs.mode
      where events.id = ${eventId} and ${wants(type)}`,
  ).returning({ endpointId: webhookDeliveries.endpointId });
}

/** The same for an event of an account. */
export function fanOutAccountEvent(db: Database, eventId: string, atMs: number) {
  const type = sql`account_events.type`;
  return insertSelect(
    db,
    webhookDeliveries,
    newDelivery(eventId, type, atMs),
    sql`from account_events
      join webhook_endpoints on webhook_endpoints.account_id = account_events.account_id
        and webhook_endpoints.mode = account_events.mode
      where account_events.id = ${eventId} and ${wants(type)}`,
  ).returning({ endpointId: webhookDeliveries.endpointId });
}
