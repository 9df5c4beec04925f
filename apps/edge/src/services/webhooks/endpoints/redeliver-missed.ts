import type { RedeliverMissedRequest, RedeliverMissedResponse } from '@headwright/shared/api/webhooks';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../../db/insert-select.ts';
import { webhookDeliveries } from '../../../db/schema/webhook-deliveries.ts';
import type { AccountContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { newDelivery, wants } from '../fan-out.ts';
import { LOG_KEPT_MS } from '../retry-schedule.ts';
import { findEndpointRow } from './get.ts';

/** Deliveries that one request begins anew at most, the oldest events first. */
const REDELIVERED_MAX = 1000;

/**
 * Sends an endpoint again what it wants and never took, of a stretch of time: deliveries that failed or were dropped, and
 * events from while it was disabled or not there yet. What was delivered or is under way stays as it is; of events from
 * before the log of deliveries nobody knows whether they were, so they are left alone.
 */
export async function redeliverMissed(
  ctx: AccountContext,
  endpointId: string,
  { since, until }: RedeliverMissedRequest,
): Promise<RedeliverMissedResponse> {
  const { deps, actor } = ctx;
  const endpoint = await findEndpointRow(ctx, endpointId);
  if (endpoint.status === 'disabled')
    throw new ServiceError('resource.disabled', 'The endpoint is disabled.');
  const atMs = deps.clock();
  const within = sql`between ${Math.max(Date.parse(since), atMs - LOG_KEPT_MS)} and ${until === undefined ? atMs : Date.parse(until)}`;
  // A test goes to the endpoint that asked for it, so it is nothing that anybody can miss.
  const missed = sql`(
    select events.id, 'job.' || json_extract(snapshot, '$.status') as type from events join jobs on jobs.id = events.job_id
      where events.account_id = ${actor.accountId} and jobs.mode = ${actor.mode} and events.created_at ${within}
    union all select id, type from account_events
      where account_id = ${actor.accountId} and mode = ${actor.mode} and created_at ${within} and type <> 'endpoint.test'
    ) as happened`;
  const rows = await insertSelect(
    deps.db,
    webhookDeliveries,
    newDelivery(sql`happened.id`, sql`happened.type`, atMs),
    sql`from ${missed} join webhook_endpoints on webhook_endpoints.id = ${endpoint.id}
      where ${wants(sql`happened.type`)} and not exists (select 1 from webhook_deliveries as known
        where known.event_id = happened.id and known.endpoint_id = ${endpoint.id} and known.status in ('pending', 'succeeded'))
      order by happened.id limit ${REDELIVERED_MAX}`,
  )
    .onConflictDoUpdate({
      target: [webhookDeliveries.eventId, webhookDeliveries.endpointId],
      set: { status: 'pending', seriesStart: sql`attempt_count`, nextAttemptAt: atMs, settledAt: null },
    })
    .returning({ id: webhookDeliveries.id });
  if (rows.length > 0) await deps.doorbell.deliveryDue(endpoint.id);
  const self = `/v1/webhook_endpoints/${endpoint.id}`;
  return {
    object: 'redelivery',
    count: rows.length,
    has_more: rows.length === REDELIVERED_MAX,
    urls: { endpoint: self, deliveries: `${self}/deliveries` },
  };
}
