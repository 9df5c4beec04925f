import { Job } from '@headwright/shared/api/jobs';
import { isTerminal } from '@headwright/shared/job-state';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { assets } from '../../db/schema/assets.ts';
import { events } from '../../db/schema/events.ts';
import { type JobRow, jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { bindings } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { type Claim, makeFakeRunner, progressAt } from '../../test/fake-runner.ts';
import { SOURCES } from './transitions.ts';

const RUNNING = 2;
const WAITING = 3;
const FILE = { name: 'head.glb', contentType: 'x', bytes: Uint8Array.of(1) };
const STATE = { name: 'head.state', contentType: 'x', bytes: Uint8Array.of(2) };

/** A small generator (mulberry32): the same life for the same seed. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What must hold of an account at every moment, whatever has happened. */
async function expectInvariants(accountId: string, before: Map<string, JobRow>): Promise<void> {
  const [rows, history, files, states] = await Promise.all([
    deps.db.select().from(jobs).where(eq(jobs.accountId, accountId)),
    deps.db.select().from(events).where(eq(events.accountId, accountId)).orderBy(events.sequence),
    deps.db.select({ jobId: assets.jobId }).from(assets).where(eq(assets.accountId, accountId)),
    deps.db.select().from(revisions).where(eq(revisions.accountId, accountId)),
  ]);
  const open = rows.filter(({ finishedAt }) => finishedAt === null);
  const promoted = open.filter(({ pool }) => pool !== null);
  expect(open.length).toBeLessThanOrEqual(RUNNING + WAITING);
  expect(promoted.length).toBe(Math.min(open.length, RUNNING));
  for (const row of rows) {
    const earlier = before.get(row.id);
    if (earlier !== undefined && isTerminal(earlier.status)) expect(row).toEqual(earlier);
    const own = history.filter(({ jobId }) => jobId === row.id);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, i) => i + 1));
    expect(own.at(-1)).toMatchObject({
      id: row.lastEventId,
      snapshot: { status: row.status, attempt: row.attempt },
    });
    own.slice(1).forEach(({ snapshot }, i) => {
      expect(SOURCES[snapshot.status]).toContain(own[i]?.snapshot.status);
    });
    expect(files.filter(({ jobId }) => jobId === row.id)).toHaveLength(row.status === 'succeeded' ? 2 : 0);
    expect(states.filter(({ jobId }) => jobId === row.id)).toHaveLength(1);
    before.set(row.id, row);
  }
  expect(states).toHaveLength(rows.length);
  expect(new Set(open.map(({ headId }) => headId)).size, 'one open job a head').toBe(open.length);
}

test.each([1, 2])('a random life keeps every invariant (seed %i)', { timeout: 60_000 }, async (seed) => {
  const random = makeRandom(seed);
  const clock = makeClock();
  const edge = makeEdge({ clock: clock.now });
  const account = await makeAccount({ runningLimit: RUNNING, waitingLimit: WAITING });
  const call = makeClient(account.key, edge.fetcher);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  const claims: Claim[] = [];
  const created: string[] = [];
  const heads: string[] = [];
  const note = (answer: unknown): void => {
    const { job } = z.object({ job: Job }).parse(answer);
    created.push(job.id);
    heads.push(job.head_id);
  };
  const seen = new Map<string, JobRow>();
  const anyClaim = () => claims[random(claims.length)];

  const operations: (() => Promise<unknown>)[] = [
    async () => {
      const response = await call('POST', '/v1/heads', { json: { prompt: 'x', preset: 'smoke' } });
      expect([202, 429]).toContain(response.status);
      if (response.status === 202) note(await response.json());
    },
    async () => {
      const finished = [...seen.values()].filter(({ status }) => status === 'succeeded');
      const json = { kind: 'texture', prompt: 'y' };
      const headId = finished[random(finished.length)]?.headId ?? 'none';
      const response = await call('POST', `/v1/heads/${headId}/revisions`, { json });
      expect([202, 404, 409, 429]).toContain(response.status);
      if (response.status === 202) note(await response.json());
    },
    async () => {
      const claim = anyClaim();
      if (claim !== undefined) await runner.saveCheckpoint(claim, Uint8Array.of(random(256)));
    },
    async () => {
      const claim = await runner.claim();
      if (claim !== null) claims.push(claim);
    },
    async () => call('POST', `/v1/jobs/${created[random(created.length)]}/cancel`),
    async () => clock.advance(random(70_000)),
    async () => SCHEDULE['* * * * *']?.(edge.deps),
    async () => {
      const claim = anyClaim();
      if (claim !== undefined) await runner.heartbeat(claim, progressAt(random(100) / 100));
    },
    async () => {
      const claim = anyClaim();
      if (claim !== undefined) await runner.upload(claim, FILE);
    },
    async () => {
      const claim = claims.at(-1);
      if (claim === undefined) return;
      await Promise.all([FILE, STATE].map((file) => runner.upload(claim, file)));
      await runner.complete(claim, [FILE, STATE]);
    },
    async () => {
      // One of the newest, so that some are not yet over.
      const claim = claims.at(-1 - random(3));
      const codes = ['engine_failed', 'canceled', 'shutdown', 'invalid_job'] as const;
      if (claim !== undefined) await runner.fail(claim, codes[random(4)] ?? 'shutdown', random(2) === 0);
    },
  ];
  note(await createJob(call));
  // A life in which nothing ends, or nothing is edited, proves nothing.
  const ends = () => new Set([...seen.values()].map(({ status }) => status).filter(isTerminal));
  const hasLived = () => ends().size === 3 && new Set(heads).size < heads.length;
  for (let round = 0; round < 80 || (round < 400 && !hasLived()); round++) {
    const together = Array.from({ length: 1 + random(3) }, () => operations[random(operations.length)]);
    await Promise.all(together.map(async (operation) => operation?.()));
    await expectInvariants(account.id, seen);
  }
  expect(hasLived()).toBe(true);
  await endAllJobs();
});

test('a claim reads nothing but the index of ready jobs', async () => {
  const { results } = await bindings.DB.prepare(
    `explain query plan select ready.id from json_each('["test:draft"]') as wanted
     cross join jobs as ready on ready.id = (select id from jobs where pool = wanted.value
       and ready_rank is not null order by ready_rank, id limit 1)
     order by ready.ready_rank, ready.id limit 1`,
  ).all<{ detail: string }>();
  const plan = results.map(({ detail }) => detail);
  expect(plan.some((line) => line.includes('SCAN jobs') || line.includes('SCAN ready'))).toBe(false);
  expect(plan.filter((line) => line.includes('jobs USING')).join()).toContain(
    'COVERING INDEX jobs_ready (pool=?',
  );
});

test('the database itself refuses rows that no transition may write', async () => {
  const { job } = await createJob(makeClient((await makeAccount()).key));
  for (const set of [
    "status = 'dancing'",
    "status = 'running'",
    "status = 'succeeded'",
    "status = 'failed', finished_at = 1, ready_rank = null",
    'ready_rank = null',
    'failures = 1',
    'sequence = 0',
    'finished_at = 1',
  ]) {
    const update = bindings.DB.prepare(`update jobs set ${set} where id = ?`).bind(job.id).run();
    expect([set, await update.then(() => 'accepted', String)]).toEqual([
      set,
      expect.stringContaining('CHECK constraint failed'),
    ]);
  }
  const again = bindings.DB.prepare(
    "insert into events select 'evt_x', account_id, job_id, sequence, snapshot, created_at from events where job_id = ?",
  );
  await expect(again.bind(job.id).run()).rejects.toThrow(
    /UNIQUE constraint failed: events.job_id, events.sequence/,
  );
});
