import { WebhookEndpointId } from '@headwright/shared/ids';
import { sql } from 'drizzle-orm';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import { type EndpointRow, webhookEndpoints } from '../../db/schema/webhook-endpoints.ts';
import type { Deps } from '../context.ts';
import { recordAccountEvent } from './record-account-event.ts';
import { FAILING_MAX_MS } from './retry-schedule.ts';

/**
 * Disables an endpoint that is gone, or that has failed for too long: in one batch, whose later statements hang on the
 * event that only the first one writes. The account's other endpoints are told.
 */
export async function disableEndpoint(
  deps: Deps,
  endpoint: EndpointRow,
  reason: 'gone' | 'failing',
): Promise<void> {
  const { db, doorbell } = deps;
  const nowMs = deps.clock();
  const eventId = deps.ids.create('evt');
  // What is gone is the address that was asked: its owner may have given another meanwhile.
  const isDue =
    reason === 'gone' ? sql`url = ${endpoint.url}` : sql`failing_since <= ${nowMs - FAILING_MAX_MS}`;
  const isRecorded = sql`exists (select 1 from account_events where account_events.id = ${eventId})`;
  const event = {
    id: eventId,
    accountId: endpoint.accountId,
    mode: endpoint.mode,
    type: 'endpoint.disabled' as const,
    data: {
      endpoint: WebhookEndpointId.parse(endpoint.id),
      reason,
      urls: { endpoint: `/v1/webhook_endpoints/${endpoint.id}` },
    },
    atMs: nowMs,
  };
  const [recordEvent, fanOut] = recordAccountEvent(
    db,
    event,
    sql`exists (select 1 from webhook_endpoints where id = ${endpoint.id} and status = 'enabled' and ${isDue})`,
  );
  const [, , , told] = await db.batch([
    recordEvent,
    db
      .update(webhookEndpoints)
      .set({ status: 'disabled', disabledReason: reason })
      .where(sql`id = ${endpoint.id} and ${isRecorded}`),
    db
      .update(webhookDeliveries)
      .set({ status: 'dropped', nextAttemptAt: null, settledAt: nowMs })
      .where(sql`endpoint_id = ${endpoint.id} and next_attempt_at is not null and ${isRecorded}`),
    fanOut,
  ]);
  await Promise.all(told.map(({ endpointId }) => doorbell.deliveryDue(endpointId)));
}
