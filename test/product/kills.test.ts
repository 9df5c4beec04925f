import { readdir } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { LedgerList } from '@headwright/shared/api/billing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';
import { type TestRunner, startTestRunner } from '../harness/runner.ts';

/** `npm run soak` asks for more. */
const KILLS = Number(process.env['SOAK_KILLS'] ?? 2);
const LEASE_S = 2;
/** The lease, the sweep's period, and what starting another runner takes on a busy machine. */
const LATE_MAX_MS = 75_000;

let edge: TestEdge;
let runners: TestRunner[] = [];
beforeAll(async () => {
  edge = await startTestEdge({ LEASE_SECONDS: String(LEASE_S) });
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.kill()));
  runners = [];
});
afterAll(() => edge.stop());

async function start(name: string): Promise<TestRunner> {
  const runner = await startTestRunner(edge, 'scripted', name);
  runners.push(runner);
  return runner;
}

/** Captures of a job; there must be one. */
async function capturesOf(jobId: string): Promise<number> {
  const { data } = LedgerList.parse(await (await edge.request('/v1/ledger?limit=100')).json());
  return data.filter((entry) => entry.kind === 'capture' && entry.job_id === jobId).length;
}

/** Folders of a runner's jobs: one that was killed leaves its own to the next. */
async function workFoldersOf({ pid }: TestRunner): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`headwright-job-${hostname()}-${pid}-`));
}

test(`of ${KILLS} jobs whose runner is killed at any moment none is lost and none is paid twice`, async () => {
  const lateMs: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const doomed = await start(`doomed-${kill}`);
    const { job } = await edge.api.createHead({ prompt: `plain ${kill}`, preset: 'smoke', seed: kill });
    // From before the claim to after the end: a scripted job takes some hundred milliseconds.
    const momentMs = ((kill * 7) % 20) * 40;
    await new Promise((resolve) => setTimeout(resolve, momentMs));
    const killedAtMs = performance.now();
    await doomed.kill();
    const heir = await start(`heir-${kill}`);
    expect(await workFoldersOf(doomed)).toEqual([]);
    let last = job;
    for await (const snapshot of edge.api.followJob(job.id)) {
      if (snapshot.attempt === 2 && last.attempt === 1) lateMs.push(performance.now() - killedAtMs);
      last = snapshot;
    }
    expect(last).toMatchObject({ status: 'succeeded', terminal: true, error: null });
    expect(last.attempt).toBeLessThanOrEqual(2);
    expect(await capturesOf(job.id)).toBe(1);
    await heir.kill();
  }
  for (const each of lateMs) expect(each).toBeLessThan(LATE_MAX_MS);
  const worst =
    lateMs.length === 0 ? 'none was in an attempt' : `${(Math.max(...lateMs) / 1000).toFixed(1)} s at most`;
  console.log(
    `soak: ${KILLS} kills, ${lateMs.length} in an attempt, leased again after ${worst} (lease ${LEASE_S} s)`,
  );
}, 3_000_000);
