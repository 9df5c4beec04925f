import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { webhookAttempts } from '../../db/schema/webhook-attempts.ts';
import { type DeliveryRow, webhookDeliveries } from '../../db/schema/webhook-deliveries.ts';
import type { EndpointRow } from '../../db/schema/webhook-endpoints.ts';
import type { Deps } from '../context.ts';
import type { FoundEvent } from '../events/find-events.ts';
import { tellError } from '../tell-error.ts';
import { checkTarget } from './check-target.ts';
import { parseRetryAfter } from './retry-schedule.ts';
import { unseal } from './seal.ts';
import { type AttemptResult, settleAttempt } from './settle-attempt.ts';
import { signatureHeaders } from './sign.ts';

/** An endpoint has this long to answer. */
const TIMEOUT_MS = 15_000;

/** When an attempt that was never completed counts as lost and the next one is due: well after every time limit. */
const LOST_AFTER_MS = 60_000;

/** Makes one attempt of a delivery that is due; nothing when somebody else was faster. */
export async function attemptDelivery(
  deps: Deps,
  endpoint: EndpointRow,
  delivery: DeliveryRow,
  event: FoundEvent,
): Promise<void> {
  const startedAtMs = deps.clock();
  const number = delivery.attemptCount + 1;
  if (!(await beginAttempt(deps, delivery, number, startedAtMs))) return;
  try {
    const result = await send(deps, endpoint, event, startedAtMs);
    await settleAttempt(deps, { endpoint, delivery, number, startedAtMs, result });
  } catch (error) {
    // Our own trouble is not held against the endpoint: the attempt counts as lost, and the next one comes.
    deps.log.error('webhook attempt failed', { deliveryId: delivery.id, number, error: tellError(error) });
  }
}

/** Takes the attempt and writes it down before anything is sent. */
async function beginAttempt(deps: Deps, delivery: DeliveryRow, number: number, atMs: number) {
  const { db } = deps;
  const lostAtMs = atMs + LOST_AFTER_MS;
  const [taken] = await db.batch([
    db
      .update(webhookDeliveries)
      .set({ attemptCount: number, nextAttemptAt: lostAtMs })
      .where(
        sql`id = ${delivery.id} and attempt_count = ${delivery.attemptCount} and next_attempt_at <= ${atMs}`,
      )
      .returning({ id: webhookDeliveries.id }),
    insertSelect(
      db,
      webhookAttempts,
      {
        deliveryId: delivery.id,
        number,
        outcome: 'unfinished',
        statusCode: null,
        detail: null,
        responseExcerpt: null,
        startedAt: atMs,
        durationMs: null,
      },
      sql`from webhook_deliveries
        where id = ${delivery.id} and attempt_count = ${number} and next_attempt_at = ${lostAtMs}`,
    ).onConflictDoNothing(),
  ]);
  return taken.length > 0;
}

async function send(
  deps: Deps,
  endpoint: EndpointRow,
  event: FoundEvent,
  atMs: number,
): Promise<AttemptResult> {
  const refusal = await checkTarget(deps.resolve, endpoint.url, deps.config.isLocal);
  if (refusal !== null) return { ...refusal, statusCode: null, excerpt: null, retryAfterMs: null };
  const { type, data } = event;
  const body = JSON.stringify({ type, timestamp: new Date(event.createdAt).toISOString(), data });
  const secrets = await currentSecrets(deps, endpoint, atMs);
  const answer = await deps.outbound({
    url: endpoint.url,
    headers: {
      ...signatureHeaders(secrets, event.id, atMs, body),
      'Content-Type': 'application/json',
      'User-Agent': 'Headwright-Webhooks/1',
    },
    body,
    timeoutMs: TIMEOUT_MS,
  });
  const nothing = { statusCode: null, excerpt: null, retryAfterMs: null };
  if (answer.kind === 'timed_out') {
    const detail = `No answer within ${TIMEOUT_MS / 1000} seconds.`;
    return { ...nothing, outcome: 'timed_out', detail };
  }
  if (answer.kind === 'failed') return { ...nothing, outcome: 'failed', detail: answer.detail.slice(0, 500) };
  const { status, location } = answer;
  if (status >= 200 && status < 300) {
    return { ...nothing, outcome: 'delivered', statusCode: status, detail: null };
  }
  const failed = {
    statusCode: status,
    excerpt: answer.excerpt,
    retryAfterMs: parseRetryAfter(answer.retryAfter, deps.clock()),
  };
  if (status >= 300 && status < 400) {
    const detail = `Redirects are not followed; this one leads to ${(location ?? 'nowhere').slice(0, 500)}.`;
    return { ...failed, outcome: 'redirected', detail };
  }
  return { ...failed, outcome: 'http_error', detail: `The endpoint answered ${status}.` };
}

/** The secret, and the one before it while both are valid. */
async function currentSecrets(deps: Deps, endpoint: EndpointRow, atMs: number): Promise<string[]> {
  const sealed = [endpoint.secret];
  if (endpoint.previousSecret !== null && (endpoint.previousSecretExpiresAt ?? 0) > atMs) {
    sealed.push(endpoint.previousSecret);
  }
  return Promise.all(sealed.map((each) => unseal(deps.config.webhookKeys, endpoint.id, each)));
}
