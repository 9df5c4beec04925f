import { eq, isNull } from 'drizzle-orm';
import { createApp } from '../app.ts';
import { accounts } from '../db/schema/accounts.ts';
import { apiKeys } from '../db/schema/api-keys.ts';
import { runnerKeys } from '../db/schema/runner-keys.ts';
import { events } from '../db/schema/events.ts';
import { heads } from '../db/schema/heads.ts';
import { jobs } from '../db/schema/jobs.ts';
import { buildDeps } from '../deps.ts';
import type { Deps } from '../services/context.ts';
import { movementStatement } from '../services/billing/movement-statement.ts';
import { createKey, hashSecret } from '../services/keys/format.ts';
import { PLANS } from '../services/quotas/plans.ts';
import { bindings } from './bindings.ts';
import type { Fetcher } from './client.ts';

/** The outside world of the Worker under test. */
export const deps = buildDeps(bindings);

/** What a test's account has in each mode, cents: more than any test spends. */
const AMPLE_CREDIT_MINOR = 1_000_000;

/** An account of its own for a test, with a working key and credit, and no request rate unless its plan says so. */
export async function makeAccount(
  limits: { plan?: keyof typeof PLANS; runningLimit?: number; waitingLimit?: number } = {},
  creditMinor = AMPLE_CREDIT_MINOR,
) {
  const id = deps.ids.create('acct');
  const key = createKey('hk_test_');
  const createdAt = Date.now();
  await deps.db.batch([
    deps.db.insert(accounts).values({ id, name: id, plan: 'unmetered', ...PLANS.free, ...limits, createdAt }),
    deps.db.insert(apiKeys).values({
      id: deps.ids.create('key'),
      accountId: id,
      mode: 'test',
      hash: await hashSecret(key),
      createdAt,
    }),
    ...(creditMinor === 0 ? [] : (['test', 'live'] as const)).map((mode) =>
      movementStatement(deps.db, {
        id: deps.ids.create('led'),
        accountId: id,
        mode,
        kind: 'credit',
        amountMinor: creditMinor,
        reference: `${id}:${mode}`,
        atMs: createdAt,
      }),
    ),
  ]);
  return { id, key };
}

/** A runner's working key. */
export async function makeRunnerKey(mode: 'test' | 'live' | 'any' = 'any'): Promise<string> {
  const key = createKey('rk_');
  await deps.db.insert(runnerKeys).values({
    id: deps.ids.create('rnr'),
    name: 'test runner',
    hash: await hashSecret(key),
    mode,
    createdAt: Date.now(),
  });
  return key;
}

/** The edge over a partly replaced outside world, beside the Worker and with the same storage. */
export function makeEdge(replaced: Partial<Deps>): { deps: Deps; fetcher: Fetcher } {
  const built = buildDeps(bindings, replaced);
  const app = createApp(built);
  return { deps: built, fetcher: (request) => app.fetch(request) };
}

/** A clock that only the test moves; it starts now. */
export function makeClock() {
  let nowMs = Date.now();
  return {
    now: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

/** Empties the queue behind a test, so that the next one's runner claims only its own jobs. */
export async function endAllJobs(): Promise<void> {
  await deps.db
    .update(jobs)
    .set({ status: 'canceled', finishedAt: 1, readyRank: null, leaseExpiresAt: null })
    .where(isNull(jobs.finishedAt));
}

/** How many rows an account has in each table that a create writes to. */
export async function countRows(accountId: string) {
  const [headCount, jobCount, eventCount] = await Promise.all([
    deps.db.$count(heads, eq(heads.accountId, accountId)),
    deps.db.$count(jobs, eq(jobs.accountId, accountId)),
    deps.db.$count(events, eq(events.accountId, accountId)),
  ]);
  return { headCount, jobCount, eventCount };
}
