import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { type DeliveryRow, webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import { webhookEndpoints } from '../../db/schema/webhook-endpoints.ts';
import type { Deps } from '../context.ts';
import { findEvents } from '../events/find-events.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { ATTEMPTS_MAX } from './retry-schedule.ts';

/** Requests to one endpoint at a time. */
const PARALLEL = 10;

/** Rounds in one go, so that an endpoint which hangs in every one of them stays below the limits of an alarm. */
const ROUNDS = 20;

/** Sends an endpoint all that is due. Returns when more will be, or null when nothing waits. */
export async function deliverDue(deps: Deps, endpointId: string): Promise<number | null> {
  for (let round = 0; round < ROUNDS; round++) {
    const count = await deliverRound(deps, endpointId);
    if (count === 0) return nextDueMs(deps, endpointId);
  }
  return deps.clock();
}

async function deliverRound(deps: Deps, endpointId: string): Promise<number> {
  const { db } = deps;
  const [[endpoint], due] = await db.batch([
    db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId)),
    db
      .select()
      .from(webhookDeliveries)
      .where(
        and(eq(webhookDeliveries.endpointId, endpointId), lte(webhookDeliveries.nextAttemptAt, deps.clock())),
      )
      .orderBy(asc(webhookDeliveries.nextAttemptAt))
      .limit(PARALLEL),
  ]);
  if (endpoint === undefined || due.length === 0) return 0;
  const ids = due.map(({ eventId }) => eventId);
  const found = await findEvents(
    db,
    { accountId: endpoint.accountId, mode: endpoint.mode, id: sql`in ${ids}` },
    ids.length,
  );
  await Promise.all(
    due.map(async (delivery) => {
      const event = found.find(({ id }) => id === delivery.eventId);
      // What was deleted, or waits for an endpoint that its owner has disabled, is not sent any more.
      if (endpoint.status === 'disabled' || event === undefined) return settle(deps, delivery, 'dropped');
      // Its last attempt was lost.
      if (delivery.attemptCount - delivery.seriesStart >= ATTEMPTS_MAX)
        return settle(deps, delivery, 'failed');
      return attemptDelivery(deps, endpoint, delivery, event);
    }),
  );
  return due.length;
}

/** Ends a delivery without another request. */
async function settle(deps: Deps, delivery: DeliveryRow, status: 'dropped' | 'failed'): Promise<void> {
  await deps.db
    .update(webhookDeliveries)
    .set({ status, nextAttemptAt: null, settledAt: deps.clock() })
    .where(
      and(
        eq(webhookDeliveries.id, delivery.id),
        eq(webhookDeliveries.attemptCount, delivery.attemptCount),
        isNotNull(webhookDeliveries.nextAttemptAt),
      ),
    );
}

async function nextDueMs(deps: Deps, endpointId: string): Promise<number | null> {
  const [next] = await deps.db
    .select({ atMs: webhookDeliveries.nextAttemptAt })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.endpointId, endpointId), isNotNull(webhookDeliveries.nextAttemptAt)))
    .orderBy(asc(webhookDeliveries.nextAttemptAt))
    .limit(1);
  return next?.atMs ?? null;
}
