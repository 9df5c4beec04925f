import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EdgeProcess, findPort, startEdge } from '../edge-process.ts';
import { newKeys, prepareDatabase } from '../local-account.ts';
import { ROOT } from '../wrangler.ts';
import { EDGE_LOADS, type EdgeLoad, createEdgeLoads } from './edge-loads.ts';
import { requestRate } from './request-rate.ts';

/** Requests a second of each load, one number a round. */
export type EdgeMeasurement = Readonly<Record<EdgeLoad, readonly number[]>>;

export interface EdgeBenchOptions {
  readonly rounds: number;
  readonly loadMs: number;
  readonly connections: number;
}

const UNLIMITED = 1_000_000;

/** A folder in memory (Linux): how long this machine's disk takes to flush says nothing about the edge. */
const MEMORY = '/dev/shm';

/** What the first, uncounted round creates, so that there is something to read. */
const FIRST_HEADS = 50;

/**
 * Measures the edge on `wrangler dev` beside an empty Hono route on another, in turns, so that what else the machine does
 * hits both. The account has no limits of rate, jobs or money; nothing is logged, as in the empty Worker.
 */
export async function measureEdge({
  rounds,
  loadMs,
  connections,
}: EdgeBenchOptions): Promise<EdgeMeasurement> {
  const directory = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'headwright-bench-'));
  const keys = newKeys();
  const edges: EdgeProcess[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(edges.map((edge) => edge.stop()));
    await rm(directory, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end().then(() => process.exit(1)));
  }
  try {
    const limits = { plan: 'unmetered', runningLimit: UNLIMITED, waitingLimit: UNLIMITED } as const;
    await prepareDatabase(join(directory, 'edge'), [{ ...keys, ...limits, creditMinor: 100_000_000 }]);
    for (const [name, configPath] of [
      ['edge', join(ROOT, 'wrangler.toml')],
      ['empty', join(ROOT, 'apps/edge/bench/wrangler.toml')],
    ] as const) {
      const stateDirectory = join(directory, name);
      const port = (await findPort(0)) ?? 0;
      const logPath = join(directory, `${name}.log`);
      // No lease may end in the middle: hundreds of jobs would go back to the queue while something else is measured.
      const variables = { ACCESS_LOG: 'false', LEASE_SECONDS: '3600' };
      edges.push(await startEdge({ port, configPath, stateDirectory, logPath, variables }));
    }
    const loads = createEdgeLoads(edges[0]?.url ?? '', edges[1]?.url ?? '', keys);
    const run = (name: EdgeLoad) => requestRate({ ...loads[name](), connections, durationMs: loadMs });
    const rates: Record<EdgeLoad, number[]> = {
      empty: [],
      query: [],
      health: [],
      readJob: [],
      readHead: [],
      create: [],
      claim: [],
    };
    // A round that does not count: caches fill, and code is compiled.
    await requestRate({ ...loads.create(), connections, durationMs: 60_000, requestsMax: FIRST_HEADS });
    for (const name of EDGE_LOADS) await run(name);
    for (let round = 1; round <= rounds; round++) {
      for (const name of EDGE_LOADS) rates[name].push(await run(name));
      console.log(
        `bench: round ${round} of ${rounds}: ${EDGE_LOADS.map((name) => `${name} ${rates[name].at(-1)?.toFixed(0)}/s`).join(', ')}`,
      );
    }
    return rates;
  } finally {
    await end();
  }
}
