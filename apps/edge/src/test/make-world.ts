import { eq } from 'drizzle-orm';
import { assets } from '../db/schema/assets.ts';
import { type Client, type Fetcher, makeClient } from './client.ts';
import { createJob } from './create-job.ts';
import { deps, makeAccount } from './factories.ts';
import { makeFakeRunner } from './fake-runner.ts';
import { STATE } from './finish-head.ts';
import { claimOrThrow, GLB, PNG } from './start-attempt.ts';

/** An account that has something of everything. */
export interface World {
  account: { id: string; key: string };
  call: Client;
  /** Ids of its objects by prefix: `head_`. */
  ids: Map<string, string[]>;
  /** The same again, from everything that it has by now. */
  refresh(): Promise<void>;
}

const ID = /"([a-z]+_)([0-9a-hjkmnp-tv-z]{26})"/g;

/** Lists that between them name every object. */
const LISTS = [
  '/v1/heads',
  '/v1/jobs',
  '/v1/keys',
  '/v1/client_tokens',
  '/v1/webhook_endpoints',
  '/v1/events',
  '/v1/ledger',
  '/v1/moderation/flags',
];

async function createOrThrow(call: Client, path: string, json: unknown): Promise<void> {
  const response = await call('POST', path, { json });
  if (!response.ok) throw new Error(`createOrThrow: ${path}: ${await response.text()}`);
}

/** Makes an account without limits that has a finished head, an edit of it, a waiting job, a key, a token, an endpoint and events. */
export async function makeWorld(fetcher?: Fetcher): Promise<World> {
  const account = await makeAccount({ runningLimit: 1_000_000, waitingLimit: 1_000_000 });
  const call = makeClient(account.key, fetcher);
  const runner = await makeFakeRunner(fetcher === undefined ? {} : { fetcher });
  await createOrThrow(call, '/v1/webhook_endpoints', { url: 'http://127.0.0.1:9/hook' });
  const { head } = await createJob(call);
  const claim = await claimOrThrow(runner);
  await runner.preview(claim, PNG);
  await runner.finish(claim, [GLB, STATE]);
  await createOrThrow(call, '/v1/keys', { name: 'a key' });
  await createOrThrow(call, '/v1/client_tokens', { end_user: 'name-0', allow: { create: 3, read: 'own' } });
  await createJob(call);
  const refused = await call('POST', '/v1/heads', { json: { prompt: 'test:reject:prompt' } });
  if (refused.status !== 422) throw new Error(`makeWorld: expected a refusal, got ${await refused.text()}`);
  const ids = new Map<string, string[]>();
  const refresh = async (): Promise<void> => {
    const texts = await Promise.all(
      [...LISTS, `/v1/heads/${head.id}/revisions`].map(async (path) => (await call('GET', path)).text()),
    );
    ids.clear();
    for (const [, prefix = '', rest = ''] of texts.join('').matchAll(ID)) {
      const known = ids.get(prefix) ?? [];
      if (!known.includes(prefix + rest)) ids.set(prefix, [...known, prefix + rest]);
    }
    const rows = await deps.db.select({ id: assets.id }).from(assets).where(eq(assets.accountId, account.id));
    ids.set(
      'ast_',
      rows.map(({ id }) => id),
    );
  };
  await refresh();
  return { account, call, ids, refresh };
}
