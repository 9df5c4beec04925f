import { CURRENT_API_VERSION } from '@headwright/shared/api-version';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { runnerKeys } from '../../db/schema/runner-keys.ts';
import type { AccountActor, Deps, OperatorActor, RunnerActor, VerifiedKey } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { isInRange } from './address-range.ts';
import { hashSecret, keyPrefix } from './format.ts';

// Keys are found by their SHA-256, whose bytes a guesser cannot steer, so the time that the index takes says
// nothing about a stored key. The checksum turns most garbage away before the database.

/** `last_used_at` is written at most this often. */
const LAST_USED_STEP_MS = 60_000;

/** Jobs that the account at hand may have open at a time. */
export const JOB_LIMIT = sql<number>`running_limit + waiting_limit`;

/**
 * The account behind a developer's key, null if there is none; throws for a key whose time is over, or that is not
 * meant to be used from this address. `isMemoryEnough`: whoever asks can do with what was true some seconds ago.
 */
export async function verifyApiKey(
  deps: Deps,
  key: string,
  address: string,
  isMemoryEnough: boolean,
): Promise<AccountActor | null> {
  const verified = await deps.accountKeys.recall(key, () => findKey(deps, key), isMemoryEnough);
  if (verified === null) return null;
  if (verified.expiresAtMs !== null && verified.expiresAtMs <= deps.clock()) {
    throw new ServiceError('auth.expired_key');
  }
  const { allowedIps } = verified;
  if (allowedIps !== null && !allowedIps.some((range) => isInRange(address, range))) {
    throw new ServiceError('auth.ip_not_allowed');
  }
  return verified.actor;
}

async function findKey(deps: Deps, text: string): Promise<VerifiedKey | null> {
  const prefix = keyPrefix(text);
  if (prefix !== 'hk_test_' && prefix !== 'hk_live_') return null;
  const hash = await hashSecret(text);
  const [found] = await deps.db
    .select({ key: apiKeys, plan: accounts.plan, jobLimit: JOB_LIMIT })
    .from(apiKeys)
    .innerJoin(accounts, eq(accounts.id, apiKeys.accountId))
    .where(and(or(eq(apiKeys.hash, hash), eq(apiKeys.previousHash, hash)), isNull(apiKeys.revokedAt)));
  if (found === undefined) return null;
  const { key, plan, jobLimit } = found;
  await touchKey(deps, key);
  const ends = [key.expiresAt, key.hash === hash ? null : key.previousExpiresAt];
  const known = ends.filter((endMs) => endMs !== null);
  return {
    actor: {
      kind: 'account',
      accountId: key.accountId,
      mode: key.mode,
      keyId: key.id,
      scopes: key.scopes,
      apiVersion: key.apiVersion ?? CURRENT_API_VERSION,
      plan,
      jobLimit,
      clientTokenId: null,
      endUser: null,
      reach: null,
      renditions: null,
    },
    expiresAtMs: known.length === 0 ? null : Math.min(...known),
    allowedIps: key.allowedIps,
  };
}

/** Notes that a key was used, and at its first use pins it to the API version of that day, unless that was noted a moment ago. */
export async function touchKey(deps: Deps, key: { id: string; lastUsedAt: number | null }): Promise<void> {
  const nowMs = deps.clock();
  if (key.lastUsedAt !== null && key.lastUsedAt > nowMs - LAST_USED_STEP_MS) return;
  await deps.db
    .update(apiKeys)
    .set({ lastUsedAt: nowMs, apiVersion: sql`coalesce(api_version, ${CURRENT_API_VERSION})` })
    .where(eq(apiKeys.id, key.id));
}

/** The runner behind a runner's key, or null. */
export async function verifyRunnerKey(deps: Deps, key: string): Promise<RunnerActor | null> {
  return deps.runnerKeys.recall(key, async () => {
    if (keyPrefix(key) !== 'rk_') return null;
    const hash = await hashSecret(key);
    const [row] = await deps.db
      .select({ runnerId: runnerKeys.id, mode: runnerKeys.mode })
      .from(runnerKeys)
      .where(and(eq(runnerKeys.hash, hash), isNull(runnerKeys.revokedAt)));
    return row === undefined ? null : { kind: 'runner', ...row };
  });
}

/** Who runs the edge, by a key whose hash is a secret of the Worker; null for anybody else, and where there is none. */
export async function verifyOperatorKey({ config }: Deps, key: string): Promise<OperatorActor | null> {
  const index = config.operatorKeyHashes.indexOf(await hashSecret(key));
  return index < 0 ? null : { kind: 'operator', name: `operator ${index + 1}` };
}
