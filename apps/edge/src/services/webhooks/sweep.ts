import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import { webhookEndpoints } from '../../db/schema/webhook-endpoints.ts';
import type { Deps } from '../context.ts';
import { LOG_KEPT_MS } from './retry-schedule.ts';
import { seal, unseal } from './seal.ts';
import { tellThresholds } from './tell-thresholds.ts';

const BATCH = 100;

/** What webhooks leave to the minutely sweep: thresholds, forgotten alarms, old logs, expired secrets, and rotated keys. */
export async function sweepWebhooks(deps: Deps): Promise<void> {
  const nowMs = deps.clock();
  await tellThresholds(deps);
  await ringForgotten(deps, nowMs);
  await deps.db.batch([
    deps.db
      .delete(webhookDeliveries)
      .where(
        sql`id in (select id from webhook_deliveries where settled_at <= ${nowMs - LOG_KEPT_MS} limit ${BATCH})`,
      ),
    deps.db
      .update(webhookEndpoints)
      .set({ previousSecret: null, previousSecretExpiresAt: null })
      .where(
        and(isNotNull(webhookEndpoints.previousSecret), lte(webhookEndpoints.previousSecretExpiresAt, nowMs)),
      ),
  ]);
  if (deps.config.webhookKeys.length > 1) await resealOld(deps);
}

async function ringForgotten(deps: Deps, nowMs: number): Promise<void> {
  const due = await deps.db
    .selectDistinct({ endpointId: webhookDeliveries.endpointId })
    .from(webhookDeliveries)
    .where(lte(webhookDeliveries.nextAttemptAt, nowMs))
    .limit(BATCH);
  for (const { endpointId } of due) await deps.doorbell.deliveryDue(endpointId);
}

/** While a key is being rotated: encrypts with the new key what the old ones hold, so that they can be dropped. */
async function resealOld(deps: Deps): Promise<void> {
  const { webhookKeys } = deps.config;
  const current = `${webhookKeys[0]?.name ?? ''}.`;
  const isOld = (column: typeof webhookEndpoints.secret | typeof webhookEndpoints.previousSecret) =>
    sql`substr(${column}, 1, ${current.length}) <> ${current}`;
  const rows = await deps.db
    .select()
    .from(webhookEndpoints)
    .where(sql`${isOld(webhookEndpoints.secret)} or ${isOld(webhookEndpoints.previousSecret)}`)
    .limit(BATCH);
  for (const row of rows) {
    const reseal = async (sealed: string) =>
      seal(webhookKeys, row.id, await unseal(webhookKeys, row.id, sealed));
    await deps.db
      .update(webhookEndpoints)
      .set({
        secret: await reseal(row.secret),
        previousSecret: row.previousSecret === null ? null : await reseal(row.previousSecret),
      })
      // Unless the secret was rotated meanwhile.
      .where(and(eq(webhookEndpoints.id, row.id), eq(webhookEndpoints.secret, row.secret)));
  }
}
