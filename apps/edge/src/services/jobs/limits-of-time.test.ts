import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { jobs } from '../../db/schema/jobs.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { claimOrThrow, FILES, history, readJob, startAttempt } from '../../test/start-attempt.ts';
import { SCHEDULE } from '../../scheduled/index.ts';

afterEach(endAllJobs);

const LEASE_MS = 60_000;

async function createWithDeadline(call: Client, deadlineSeconds: number) {
  const json = { prompt: 'x', preset: 'smoke', deadline_s: deadlineSeconds };
  return CreateHeadResponse.parse(await (await call('POST', '/v1/heads', { json })).json());
}

/** Shorter than any real one, and no multiple of a lease. */
const ATTEMPT = { seconds: 150, failures: 3 };

async function startClock() {
  const clock = makeClock();
  const attemptLimits = { smoke: ATTEMPT, draft: ATTEMPT, standard: ATTEMPT };
  const edge = makeEdge({ clock: clock.now, config: { ...deps.config, attemptLimits } });
  const account = await makeAccount({ runningLimit: 1 });
  const call = makeClient(account.key, edge.fetcher);
  const sweep = async () => SCHEDULE['* * * * *']?.(edge.deps);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  return { clock, call, sweep, runner };
}

describe('a deadline', () => {
  test('ends a job that still waits then, which costs nothing, and frees its slot', async () => {
    const { clock, call, sweep } = await startClock();
    const { job } = await createWithDeadline(call, 700);
    const { job: next } = await createJob(call);
    expect(job.deadline_at).toBe(new Date(clock.now() + 700_000).toISOString());
    clock.advance(699_999);
    await sweep();
    expect((await readJob(call, job.urls.self)).status).toBe('queued');
    clock.advance(1);
    await sweep();
    const expired = await readJob(call, job.urls.self);
    expect(expired).toMatchObject({
      status: 'expired',
      terminal: true,
      error: { code: 'job.expired' },
      billing: { state: 'released' },
    });
    const [row] = await deps.db.select().from(jobs).where(eq(jobs.id, next.id));
    expect(row?.pool).not.toBeNull();
    await call('POST', job.urls.cancel);
    expect(await history(job.id)).toEqual(['queued', 'expired']);
  });

  test('rings by itself when it is near', async () => {
    const call = makeClient((await makeAccount()).key);
    const { job } = await createWithDeadline(call, 1);
    const ended = await readJob(call, `${job.urls.self}?wait=30`);
    expect(ended.status).toBe('expired');
  });

  test('does not cut short a job that has begun, but one that comes back after it', async () => {
    const { clock, call, sweep, runner } = await startClock();
    const { job } = await createWithDeadline(call, 30);
    const claim = await claimOrThrow(runner);
    clock.advance(31_000);
    await sweep();
    expect(await runner.heartbeat(claim)).toBe('continue');
    await runner.fail(claim, 'shutdown');
    await sweep();
    expect((await readJob(call, job.urls.self)).status).toBe('expired');
  });

  test.each([0, -1, 1.5, 604_801, '60'])('of %j seconds is refused', async (deadline) => {
    const call = makeClient((await makeAccount()).key);
    const json = { prompt: 'x', deadline_s: deadline };
    await expectProblem(await call('POST', '/v1/heads', { json }), 'input.invalid');
  });
});

describe('an attempt', () => {
  test('ends at the limit of its preset, however often its runner reports, and the third ends the job', async () => {
    const { clock, call, sweep, runner } = await startClock();
    const { job } = await createJob(call);
    const { seconds, failures } = ATTEMPT;
    for (let attempt = 1; attempt <= failures; attempt++) {
      const claim = await claimOrThrow(runner);
      expect(claim.attempt.number).toBe(attempt);
      for (let elapsedMs = 0; elapsedMs < seconds * 1000; elapsedMs += LEASE_MS / 2) {
        expect(await runner.heartbeat(claim)).toBe('continue');
        clock.advance(LEASE_MS / 2);
      }
      await sweep();
      expect(await runner.heartbeat(claim)).toBe('stale');
    }
    expect(await readJob(call, job.urls.self)).toMatchObject({
      status: 'failed',
      error: { code: 'job.max_attempts' },
    });
  });

  test('that its runner hands back on SIGTERM is not counted', async () => {
    const { call, runner } = await startClock();
    const { job } = await createJob(call);
    for (let i = 0; i < 4; i++) await runner.fail(await claimOrThrow(runner), 'shutdown');
    expect((await readJob(call, job.urls.self)).status).toBe('queued');
    const [row] = await deps.db.select().from(jobs).where(eq(jobs.id, job.id));
    expect(row).toMatchObject({ attempt: 4, failures: 0 });
  });
});

describe('a cancel', () => {
  test('ends within five seconds even if the runner says nothing, which then changes nothing', async () => {
    const { clock, call, created, runner, claim, sweep } = await startAttempt();
    await call('POST', created.job.urls.cancel);
    clock.advance(2000);
    expect(await runner.heartbeat(claim)).toBe('cancel');
    clock.advance(2000);
    await sweep();
    expect(await readJob(call, created.job.urls.self)).toMatchObject({
      status: 'canceled',
      billing: { state: 'released' },
    });
    expect((await runner.complete(claim, FILES)).status).toBe(409);
  });
});

describe('waiting for a job', () => {
  test('answers as soon as it has ended', async () => {
    const account = await makeAccount();
    const call = makeClient(account.key);
    const { job } = await createJob(call);
    const waiting = call('GET', job.urls.self, { headers: { Prefer: 'respond-async, wait=999' } });
    await call('POST', job.urls.cancel);
    const answer = await waiting;
    expect(answer.headers.get('Preference-Applied')).toBe('wait=30');
    expect(await answer.json()).toMatchObject({ status: 'canceled', terminal: true });
  });

  test('answers 200 with the job as it is when the time is over', async () => {
    const call = makeClient((await makeAccount()).key);
    const { job } = await createJob(call);
    const answer = await call('GET', `${job.urls.self}?wait=1`);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([200, '2']);
    expect(await answer.json()).toMatchObject({ status: 'queued' });
  });

  test.each(['31', '-1', 'x', '1.5', ''])('for %j seconds is refused', async (wait) => {
    const call = makeClient((await makeAccount()).key);
    const { job } = await createJob(call);
    const answer = await call('GET', `${job.urls.self}?wait=${wait}`);
    expect(answer.status).toBe(wait === '' ? 200 : 422);
  });
});
