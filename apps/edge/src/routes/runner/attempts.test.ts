import { afterEach, describe, expect, test } from 'vitest';
import { SCHEDULE } from '../../scheduled/index.ts';
import { expireLease } from '../../services/jobs/expire-lease.ts';
import { bindings } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount } from '../../test/factories.ts';
import { makeFakeRunner, progressAt } from '../../test/fake-runner.ts';
import {
  FILES,
  PNG,
  claimOrThrow,
  history,
  listDrafts,
  readJob,
  startAttempt,
  writeEverything,
} from '../../test/start-attempt.ts';

afterEach(endAllJobs);

describe('a running job', () => {
  test('shows the progress and the picture that its runner sends', async () => {
    const { call, runner, claim, created } = await startAttempt();
    await expectProblem(await call('GET', `${created.job.urls.self}/preview`), 'resource.not_ready');
    expect(await runner.heartbeat(claim, progressAt(0.25))).toBe('continue');
    expect((await readJob(call, created.job.urls.self)).progress).toEqual({
      ...progressAt(0.25),
      preview_url: null,
    });
    expect((await runner.preview(claim, PNG)).status).toBe(204);
    const { progress } = await readJob(call, created.job.urls.self);
    const picture = await call('GET', progress?.preview_url ?? '');
    expect(picture.headers.get('Content-Type')).toBe('image/png');
    expect(picture.headers.get('Cache-Control')).toBe('private, no-cache');
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(PNG);
    await runner.preview(claim, Uint8Array.of(...PNG, 2));
    const next = (await readJob(call, created.job.urls.self)).progress?.preview_url;
    expect(next).not.toBe(progress?.preview_url);
  });

  test('stores progress at most once a second', async () => {
    const { call, runner, claim, created, clock } = await startAttempt();
    const stored = async () => (await readJob(call, created.job.urls.self)).progress?.fraction;
    await runner.heartbeat(claim, progressAt(0.1));
    await runner.heartbeat(claim, progressAt(0.2));
    expect(await stored()).toBe(0.1);
    clock.advance(1000);
    await runner.heartbeat(claim, progressAt(0.3));
    expect(await stored()).toBe(0.3);
  });

  test('takes no preview that is no PNG or too large', async () => {
    const { runner, claim } = await startAttempt();
    await expectProblem(await runner.preview(claim, Uint8Array.of(1, 2, 3)), 'input.invalid');
    await expectProblem(await runner.preview(claim, new Uint8Array(5 * 1024 * 1024)), 'input.too_large');
  });

  test('keeps its lease while heartbeats come, however long it takes', async () => {
    const { call, runner, claim, created, clock, sweep } = await startAttempt();
    for (let i = 0; i < 5; i++) {
      clock.advance(59_000);
      expect(await runner.heartbeat(claim)).toBe('continue');
      await sweep();
    }
    expect(await readJob(call, created.job.urls.self)).toMatchObject({ status: 'running', attempt: 1 });
  });
});

describe('a stale attempt', () => {
  test('changes nothing: each of its writes is a 409, and its heartbeat says so', async () => {
    const { call, runner, claim: old, created, clock, sweep } = await startAttempt();
    await runner.upload(old, FILES[0] ?? { name: '', contentType: '', bytes: PNG });
    clock.advance(60_001);
    await sweep();
    expect(await readJob(call, created.job.urls.self)).toMatchObject({
      status: 'queued',
      attempt: 1,
      progress: null,
    });
    const young = await claimOrThrow(runner);
    expect(young.attempt.number).toBe(2);
    expect(young.attempt.token).not.toBe(old.attempt.token);
    const before = [await readJob(call, created.job.urls.self), await listDrafts(created.job.id)];

    expect(await runner.heartbeat(old, progressAt(0.9))).toBe('stale');
    for (const response of await writeEverything(runner, old)) await expectProblem(response, 'attempt.stale');
    expect([await readJob(call, created.job.urls.self), await listDrafts(created.job.id)]).toEqual(before);

    expect(await runner.finish(young, FILES)).toBe('succeeded');
    for (const response of await writeEverything(runner, old)) await expectProblem(response, 'attempt.stale');
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'queued', 'running', 'succeeded']);
  });

  test('is also one whose job has ended, whose job is another, or whose token was never given out', async () => {
    const { runner, claim } = await startAttempt();
    const other = await startAttempt();
    const forged = { ...claim, attempt: { ...claim.attempt, token: 'f'.repeat(64) } };
    const swapped = { ...claim, attempt: other.claim.attempt };
    const unknown = { ...claim, job: { ...claim.job, job_id: 'job_00000000000000000000000000' as const } };
    for (const stale of [forged, swapped, unknown]) {
      expect(await runner.heartbeat(stale)).toBe('stale');
      for (const response of await writeEverything(runner, stale))
        await expectProblem(response, 'attempt.stale');
    }
    expect((await runner.fail(claim, 'engine_failed', false)).status).toBe(200);
    expect(await runner.heartbeat(claim)).toBe('stale');
    await expectProblem(await runner.preview(claim, PNG), 'attempt.stale');
    await expectProblem(await runner.complete(claim, FILES), 'attempt.stale');
  });

  test('without a token is a faulty request', async () => {
    const { runner, claim } = await startAttempt();
    const path = `/runner/v1/jobs/${claim.job.job_id}/complete`;
    await expectProblem(
      await runner.call('POST', path, { json: { files: [], warnings: [] } }),
      'input.invalid',
    );
  });
});

describe('a lost lease', () => {
  test('fails the job at the third attempt, and not before', async () => {
    const { call, runner, created, clock, sweep } = await startAttempt();
    for (const attempt of [1, 2]) {
      clock.advance(60_001);
      await sweep();
      await sweep();
      expect(await readJob(call, created.job.urls.self)).toMatchObject({ status: 'queued', attempt });
      expect((await claimOrThrow(runner)).attempt.number).toBe(attempt + 1);
    }
    clock.advance(60_001);
    await sweep();
    const job = await readJob(call, created.job.urls.self);
    expect(job).toMatchObject({ status: 'failed', terminal: true, attempt: 3 });
    expect(job.error).toMatchObject({ code: 'job.max_attempts', retryable: true });
    expect(await runner.claim()).toBeNull();
    expect(await listDrafts(created.job.id)).toEqual([]);
  });

  test('costs nothing when a heartbeat comes just in time', async () => {
    const { call, runner, claim, created, clock, sweep } = await startAttempt();
    clock.advance(59_999);
    await sweep();
    clock.advance(1);
    expect(await runner.heartbeat(claim)).toBe('continue');
    await sweep();
    expect((await readJob(call, created.job.urls.self)).status).toBe('running');
  });

  test('is saved by a heartbeat that comes between the look and the verdict', async () => {
    const { call, edge, runner, claim, created, clock } = await startAttempt();
    clock.advance(60_001);
    const db = new Proxy(edge.deps.db, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'batch') return value.bind(target);
        return async (...statements: unknown[]) => {
          expect(await runner.heartbeat(claim)).toBe('continue');
          return Reflect.apply(value, target, statements);
        };
      },
    });
    expect(await expireLease({ ...edge.deps, db }, created.job.id)).toBe(clock.now() + 60_000);
    expect((await readJob(call, created.job.urls.self)).status).toBe('running');
  });

  test('of a canceling job ends the cancel', async () => {
    const { call, created, clock, sweep } = await startAttempt();
    await call('POST', created.job.urls.cancel);
    clock.advance(60_001);
    await sweep();
    expect((await readJob(call, created.job.urls.self)).status).toBe('canceled');
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'canceling', 'canceled']);
  });
});

describe('fail', () => {
  test('that is retryable queues the job again, three times in all', async () => {
    const { call, runner, claim, created } = await startAttempt();
    expect(await (await runner.fail(claim, 'engine_failed')).json()).toEqual({ status: 'queued' });
    expect(await (await runner.fail(await claimOrThrow(runner), 'engine_failed')).json()).toEqual({
      status: 'queued',
    });
    const last = await claimOrThrow(runner);
    expect(last.attempt.number).toBe(3);
    for (let i = 0; i < 2; i++) {
      expect(await (await runner.fail(last, 'engine_failed')).json()).toEqual({ status: 'failed' });
    }
    expect((await readJob(call, created.job.urls.self)).error?.code).toBe('job.max_attempts');
  });

  test.each([
    ['engine_failed', false],
    ['invalid_job', true],
  ] as const)(
    'with %s, retryable %s, ends the job without telling what the engine said',
    async (code, retryable) => {
      const { call, runner, claim, created } = await startAttempt();
      expect(await (await runner.fail(claim, code, retryable)).json()).toEqual({ status: 'failed' });
      const job = await readJob(call, created.job.urls.self);
      expect(job.error).toMatchObject({
        code: 'job.engine_failed',
        detail: 'The engine could not make this head.',
      });
      expect(JSON.stringify(job)).not.toContain('because');
    },
  );

  test('by a shutdown never fails the job, even at the third attempt', async () => {
    const { call, runner, claim, created } = await startAttempt();
    await runner.fail(claim, 'shutdown');
    await runner.fail(await claimOrThrow(runner), 'shutdown');
    await runner.fail(await claimOrThrow(runner), 'shutdown');
    const last = await claimOrThrow(runner);
    expect(last.attempt.number).toBe(4);
    expect(await runner.finish(last, FILES)).toBe('succeeded');
    expect((await readJob(call, created.job.urls.self)).attempt).toBe(4);
  });

  test('as canceled, of a job that nobody canceled, queues it again', async () => {
    const { runner, claim } = await startAttempt();
    expect(await (await runner.fail(claim, 'canceled')).json()).toEqual({ status: 'queued' });
  });
});

test('a slot that a raised limit opens is filled by the sweep', async () => {
  const account = await makeAccount({ runningLimit: 1 });
  const call = makeClient(account.key);
  const runner = await makeFakeRunner();
  await createJob(call);
  const { job } = await createJob(call);
  await claimOrThrow(runner);
  expect(await runner.claim()).toBeNull();
  await bindings.DB.prepare('UPDATE accounts SET running_limit = 3 WHERE id = ?').bind(account.id).run();
  await SCHEDULE['* * * * *']?.(deps);
  expect((await claimOrThrow(runner)).job.job_id).toBe(job.id);
});
