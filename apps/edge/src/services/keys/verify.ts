import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { runnerKeys } from '../../db/schema/runner-keys.ts';
import type { AccountActor, Deps, RunnerActor } from '../context.ts';
import { hashSecret, keyPrefix } from './format.ts';

// Keys are found by their SHA-256, whose bytes a guesser cannot steer, so the time that the index takes says
// nothing about a stored key. The checksum turns most garbage away before the database.

/** The account behind a developer's key, or null. */
export async function verifyApiKey(deps: Deps, key: string): Promise<AccountActor | null> {
  const prefix = keyPrefix(key);
  if (prefix !== 'hk_test_' && prefix !== 'hk_live_') return null;
  const hash = await hashSecret(key);
  return deps.accountKeys.recall(hash, async () => {
    const [row] = await deps.db
      .select({ accountId: apiKeys.accountId, mode: apiKeys.mode })
      .from(apiKeys)
      .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
    return row === undefined ? null : { kind: 'account', ...row };
  });
}

/** The runner behind a runner's key, or null. */
export async function verifyRunnerKey(deps: Deps, key: string): Promise<RunnerActor | null> {
  if (keyPrefix(key) !== 'rk_') return null;
  const hash = await hashSecret(key);
  return deps.runnerKeys.recall(hash, async () => {
    const [row] = await deps.db
      .select({ runnerId: runnerKeys.id, mode: runnerKeys.mode })
      .from(runnerKeys)
      .where(and(eq(runnerKeys.hash, hash), isNull(runnerKeys.revokedAt)));
    return row === undefined ? null : { kind: 'runner', ...row };
  });
}
