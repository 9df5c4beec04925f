import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPort, startEdge } from '../../scripts/edge-process.ts';
import { type LocalKeys, newKeys, prepareDatabase } from '../../scripts/local-account.ts';
import { type PublicApi, createPublicApi } from '../../scripts/public-api.ts';

export interface TestEdge {
  readonly url: string;
  readonly keys: LocalKeys;
  /** The key of a second account. */
  readonly otherApiKey: string;
  /** A folder that goes with the edge. */
  readonly directory: string;
  readonly api: PublicApi;
  /** A raw request with the demo account's key. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Ends the edge and keeps its folder. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

/** Tests ask faster than any customer may; what may run at a time is as it is for everybody. */
const ACCOUNT = { plan: 'unmetered', runningLimit: 2, waitingLimit: 10 } as const;

/** Starts the real edge (`wrangler dev`) on a free port with an empty database, one account and one runner's key. */
export async function startTestEdge(variables: Readonly<Record<string, string>> = {}): Promise<TestEdge> {
  const directory = await mkdtemp(join(tmpdir(), 'headwright-edge-'));
  const keys = newKeys();
  const other = newKeys();
  await prepareDatabase(join(directory, 'state'), [
    { ...keys, ...ACCOUNT },
    { ...other, ...ACCOUNT, accountId: 'acct_other' },
  ]);
  const port = await findPort(0);
  if (port === null) throw new Error('startTestEdge: expected a free port, got none');
  const edge = await startEdge({
    port,
    stateDirectory: join(directory, 'state'),
    logPath: join(directory, 'edge.log'),
    variables: { ALLOW_SMOKE_PRESET: 'true', CLAIM_HOLD_SECONDS: '0.5', ...variables },
  });
  return {
    url: edge.url,
    keys,
    otherApiKey: other.apiKey,
    directory,
    api: createPublicApi(edge.url, keys.apiKey),
    request: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('Authorization')) headers.set('Authorization', `Bearer ${keys.apiKey}`);
      return fetch(new URL(path, edge.url), { ...init, headers });
    },
    halt: () => edge.stop(),
    async stop() {
      await edge.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
