import { accounts } from '../db/schema/accounts.ts';
import { apiKeys } from '../db/schema/api-keys.ts';
import { runnerKeys } from '../db/schema/runner-keys.ts';
import { buildDeps } from '../deps.ts';
import { createKey, hashSecret } from '../services/keys/format.ts';
import { PLANS } from '../services/quotas/plans.ts';
import { bindings } from './bindings.ts';

const deps = buildDeps(bindings);

/** An account of its own for a test, with a working key. */
export async function makeAccount(limits: { runningLimit?: number; waitingLimit?: number } = {}) {
  const id = deps.ids.create('acct');
  const key = createKey('hk_test_');
  const createdAt = Date.now();
  await deps.db.batch([
    deps.db.insert(accounts).values({ id, name: id, plan: 'free', ...PLANS.free, ...limits, createdAt }),
    deps.db.insert(apiKeys).values({
      id: deps.ids.create('key'),
      accountId: id,
      mode: 'test',
      hash: await hashSecret(key),
      createdAt,
    }),
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
