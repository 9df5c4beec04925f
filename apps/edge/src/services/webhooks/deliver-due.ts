import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import { webhookEndpoints } from '../../db/schema/webhook-endpoints.ts';
import type { Deps } from '../context.ts';
import { findEvents } from '../events/find-events.ts';
import { attemptDelivery } from './attempt-delivery.ts';

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
  // What was deleted, or waits for an endpoint that its owner has disabled, is not sent any more.
  const isEnabled = endpoint.status === 'enabled';
  const sent = isEnabled ? due.filter(({ eventId }) => found.some(({ id }) => id === eventId)) : [];
  const dropped = due.filter((delivery) => !sent.includes(delivery)).map(({ id }) => id);
  if (dropped.length > 0) {
    await db
      .update(webhookDeliveries)
      .set({ status: 'dropped', nextAttemptAt: null, settledAt: deps.clock() })
      .where(and(inArray(webhookDeliveries.id, dropped), isNotNull(webhookDeliveries.nextAttemptAt)));
  }
  await Promise.all(
    sent.map(async (delivery) => {
      const event = found.find(({ id }) => id === delivery.eventId);
      if (event !== undefined) await attemptDelivery(deps, endpoint, delivery, event);
    }),
  );
  return due.length;
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
