import type { RedeliverEventRequest, RedeliverEventResponse } from '@headwright/shared/api/events';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeDeliveries } from '../webhooks/describe-deliveries.ts';
import { findEndpointRow } from '../webhooks/endpoints/get.ts';
import { newDelivery, wants } from '../webhooks/fan-out.ts';
import { findEvent } from './get.ts';

/** Sends an event again, from the start of the schedule, whatever became of it before. */
export async function redeliverEvent(
  ctx: AccountContext,
  eventId: string,
  input: RedeliverEventRequest,
): Promise<RedeliverEventResponse> {
  const { deps, actor } = ctx;
  const event = await findEvent(ctx, eventId);
  const { endpoint_id: endpointId } = input;
  if (endpointId !== undefined) {
    const endpoint = await findEndpointRow(ctx, endpointId);
    if (endpoint.status === 'disabled') {
      throw new ServiceError('resource.disabled', 'The endpoint is disabled.');
    }
  }
  const atMs = deps.clock();
  const type = sql`${event.type}`;
  const isChosen =
    endpointId === undefined
      ? wants(type)
      : sql`webhook_endpoints.id = ${endpointId} and webhook_endpoints.status = 'enabled'`;
  const rows = await insertSelect(
    deps.db,
    webhookDeliveries,
    newDelivery(event.id, type, atMs),
    sql`from webhook_endpoints
      where account_id = ${actor.accountId} and mode = ${actor.mode} and ${isChosen}`,
  )
    .onConflictDoUpdate({
      target: [webhookDeliveries.eventId, webhookDeliveries.endpointId],
      set: { status: 'pending', seriesStart: sql`attempt_count`, nextAttemptAt: atMs, settledAt: null },
    })
    .returning();
  const data = await describeDeliveries(deps.db, rows);
  await Promise.all(rows.map((row) => deps.doorbell.deliveryDue(row.endpointId)));
  return { object: 'list', data, has_more: false };
}
