import type { ATTEMPT_OUTCOMES } from '@headwright/shared/api/webhooks';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { webhookAttempts } from '../../db/schema/webhook-attempts.ts';
import { type DeliveryRow, webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import { type EndpointRow, webhookEndpoints } from '../../db/schema/webhook-endpoints.ts';
import type { Deps } from '../context.ts';
import { disableEndpoint } from './disable-endpoint.ts';
import { retryDelayMs } from './retry-schedule.ts';

/** What came of one request. */
export interface AttemptResult {
  outcome: (typeof ATTEMPT_OUTCOMES)[number];
  statusCode: number | null;
  detail: string | null;
  excerpt: string | null;
  retryAfterMs: number | null;
}

/** One attempt that is over. */
interface FinishedAttempt {
  endpoint: EndpointRow;
  delivery: DeliveryRow;
  number: number;
  startedAtMs: number;
  result: AttemptResult;
}

/** An endpoint that says 410 wants to hear no more. References: RFC 9110, 15.5.11. */
const GONE = 410;

/** Completes the log, and decides what becomes of the delivery and of its endpoint. */
export async function settleAttempt(deps: Deps, attempt: FinishedAttempt): Promise<void> {
  const { db } = deps;
  const { endpoint, delivery, number, startedAtMs, result } = attempt;
  const nowMs = deps.clock();
  const isDelivered = result.outcome === 'delivered';
  const madeCount = number - delivery.seriesStart;
  const delayMs = isDelivered
    ? null
    : retryDelayMs(madeCount, deps.ids.seed() / 2 ** 31, result.retryAfterMs);
  const status = isDelivered ? 'succeeded' : delayMs === null ? 'failed' : 'pending';
  const endpointIs = eq(webhookEndpoints.id, endpoint.id);
  await db.batch([
    db
      .update(webhookAttempts)
      .set({
        outcome: result.outcome,
        statusCode: result.statusCode,
        detail: result.detail,
        responseExcerpt: result.excerpt,
        durationMs: nowMs - startedAtMs,
      })
      .where(and(eq(webhookAttempts.deliveryId, delivery.id), eq(webhookAttempts.number, number))),
    db
      .update(webhookDeliveries)
      .set({
        status,
        nextAttemptAt: delayMs === null ? null : nowMs + delayMs,
        settledAt: delayMs === null ? nowMs : null,
      })
      // A redelivery that was asked for meanwhile goes its own way.
      .where(
        sql`id = ${delivery.id} and attempt_count = ${number} and series_start = ${delivery.seriesStart}
          and status = 'pending'`,
      ),
    isDelivered
      ? db.update(webhookEndpoints).set({ failingSince: null }).where(endpointIs)
      : db
          .update(webhookEndpoints)
          .set({ failingSince: startedAtMs })
          .where(and(endpointIs, isNull(webhookEndpoints.failingSince))),
  ]);
  if (isDelivered) return;
  await disableEndpoint(deps, endpoint, result.statusCode === GONE ? 'gone' : 'failing');
}
