import { buildDeps } from '../../apps/edge/src/deps.ts';
import type { Bindings } from '../../apps/edge/src/env.ts';
import { accounts } from '../../apps/edge/src/db/schema/accounts.ts';
import { apiKeys } from '../../apps/edge/src/db/schema/api-keys.ts';
import type { Doorbell } from '../../apps/edge/src/ports/doorbell/interface.ts';
import type { Objects } from '../../apps/edge/src/ports/objects/interface.ts';
import { movementStatement } from '../../apps/edge/src/services/billing/movement-statement.ts';
import type { AccountContext, Deps, RunnerContext } from '../../apps/edge/src/services/context.ts';
import { openNodeDatabase } from './node-database.ts';

/** As in wrangler.toml, but shorter, so that a random life meets every limit. */
const VARIABLES = {
  LEASE_SECONDS: '60',
  CLAIM_HOLD_SECONDS: '5',
  EVENT_PING_SECONDS: '15',
  ALLOW_SMOKE_PRESET: 'true',
  LOCAL_MODE: 'true',
};

/** The edge's services in this process: its own database, no Worker, no bells, a clock that only the test moves. */
export interface NodeEdge {
  deps: Deps;
  /** The one account, with a key of test mode. */
  customer: AccountContext;
  runner: RunnerContext;
  advance(ms: number): void;
}

/** Starts an empty edge with one account. */
export async function startNodeEdge(
  limits: { runningLimit: number; waitingLimit: number },
  attempt: { seconds: number; failures: number },
): Promise<NodeEdge> {
  let nowMs = Date.UTC(2026, 10, 23);
  const clock = () => nowMs;
  const log = { info: () => undefined, error: () => undefined };
  const attempts = JSON.stringify({ smoke: attempt, draft: attempt, standard: attempt });
  const env = onlyDatabase({ DB: openNodeDatabase(), ...VARIABLES, ATTEMPT_LIMITS: attempts });
  const deps = buildDeps(env, { clock, log, doorbell: SILENT, objects: openMemoryObjects() });
  const actor = await makeAccount(deps, limits);
  return {
    deps,
    customer: { actor, requestId: 'req_model', deps },
    runner: { actor: { kind: 'runner', runnerId: 'rnr_model', mode: 'any' }, requestId: 'req_model', deps },
    advance(ms) {
      nowMs += ms;
    },
  };
}

async function makeAccount(deps: Deps, limits: { runningLimit: number; waitingLimit: number }) {
  const [accountId, keyId, createdAt] = ['acct_model', 'key_model', deps.clock()];
  await deps.db.batch([
    deps.db.insert(accounts).values({ id: accountId, name: 'model', plan: 'free', ...limits, createdAt }),
    deps.db.insert(apiKeys).values({ id: keyId, accountId, mode: 'test', hash: '0'.repeat(64), createdAt }),
    movementStatement(deps.db, {
      id: deps.ids.create('led'),
      accountId,
      mode: 'test',
      kind: 'credit',
      amountMinor: 1_000_000_000,
      reference: 'model',
      atMs: createdAt,
    }),
  ]);
  return {
    kind: 'account' as const,
    accountId,
    mode: 'test' as const,
    keyId,
    scopes: [],
    apiVersion: '2026-12-01',
    plan: 'free',
    jobLimit: limits.runningLimit + limits.waitingLimit,
    clientTokenId: null,
    endUser: null,
    reach: null,
    renditions: null,
  };
}

/** Nobody listens: what the bells would do, the sweep does. */
const SILENT: Doorbell = {
  jobChanged: async () => undefined,
  jobBeat: async () => 'continue',
  jobEnded: async () => undefined,
  openStream: () => Promise.reject(new Error('no streams here')),
  leaseGiven: async () => undefined,
  poolReady: async () => undefined,
  poolVersion: async () => 0,
  waitForPool: async () => false,
  deliveryDue: async () => undefined,
};

/** Objects in memory; the digest is believed, as the caller states it. */
function openMemoryObjects(): Objects {
  const stored = new Map<string, { bytes: ArrayBuffer; sha256: string | null }>();
  return {
    async put(key, body, { sha256 }) {
      const bytes = body instanceof ArrayBuffer ? body : await new Response(body).arrayBuffer();
      stored.set(key, { bytes, sha256: sha256 ?? null });
      return true;
    },
    async read(key) {
      const found = stored.get(key);
      return found === undefined ? null : new Response(found.bytes).body;
    },
    async inspect(key) {
      const found = stored.get(key);
      return found === undefined ? null : { bytes: found.bytes.byteLength, sha256: found.sha256 };
    },
    async deletePrefix(prefix) {
      for (const key of stored.keys()) if (key.startsWith(prefix)) stored.delete(key);
    },
  };
}

/** The services reach the database, objects and bells through `deps`, which replaces all others of these. */
function onlyDatabase(env: object): Bindings {
  return env as Bindings;
}
