import { Job } from '@headwright/shared/api/jobs';
import { afterEach, describe, expect, test } from 'vitest';
import { soaked } from '../../../test/bindings.ts';
import { makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { endAllJobs, makeAccount } from '../../../test/factories.ts';
import { type DraftFile, makeFakeRunner } from '../../../test/fake-runner.ts';

const FILES: DraftFile[] = [{ name: 'head.glb', contentType: 'x', bytes: Uint8Array.of(1) }];

afterEach(endAllJobs);

async function start() {
  const call = makeClient((await makeAccount({ runningLimit: 1 })).key);
  const { head, job } = await createJob(call);
  const cancel = async () => {
    const response = await call('POST', job.urls.cancel);
    expect(response.status).toBe(200);
    return Job.parse(await response.json());
  };
  const read = async () => Job.parse(await (await call('GET', job.urls.self)).json());
  return { call, head, job, cancel, read, runner: await makeFakeRunner() };
}

describe('cancel', () => {
  test('ends a queued job at once, and again and again', async () => {
    const { cancel, runner } = await start();
    const first = await cancel();
    expect(first).toMatchObject({ status: 'canceled', terminal: true, error: null });
    expect(first.finished_at).not.toBeNull();
    expect(await cancel()).toEqual(first);
    expect(await runner.claim()).toBeNull();
  });

  test('ends a job that waits behind the running ones', async () => {
    const { call, cancel, runner, job } = await start();
    const behind = await createJob(call);
    const canceled = Job.parse(await (await call('POST', behind.job.urls.cancel)).json());
    expect(canceled.status).toBe('canceled');
    expect((await runner.claim())?.job.job_id).toBe(job.id);
    await cancel();
  });

  test('asks a running job to stop: canceling, then canceled when its runner reports', async () => {
    const { cancel, read, runner } = await start();
    const claim = await runner.claim();
    if (claim === null) throw new Error('expected a claim');
    expect(await cancel()).toMatchObject({ status: 'canceling', terminal: false });
    expect((await cancel()).status).toBe('canceling');
    expect(await runner.heartbeat(claim)).toBe('cancel');
    expect((await runner.fail(claim, 'canceled')).status).toBe(200);
    expect(await read()).toMatchObject({ status: 'canceled', terminal: true });
    expect((await runner.fail(claim, 'canceled')).status).toBe(200);
    expect((await cancel()).status).toBe('canceled');
  });

  test('answers a heartbeat that is being held at once', async () => {
    const { cancel, runner } = await start();
    const claim = await runner.claim();
    if (claim === null) throw new Error('expected a claim');
    const held = runner.heartbeat(claim, null, 25);
    await cancel();
    expect(await held).toBe('cancel');
  });

  test('wins over a failure report of whatever kind', async () => {
    const { cancel, read, runner } = await start();
    const claim = await runner.claim();
    if (claim === null) throw new Error('expected a claim');
    await cancel();
    await runner.fail(claim, 'engine_failed', false);
    expect(await read()).toMatchObject({ status: 'canceled', error: null });
  });

  test('wins over a complete that comes after it, and no file shows', async () => {
    const { call, head, cancel, read, runner } = await start();
    const claim = await runner.claim();
    if (claim === null) throw new Error('expected a claim');
    for (const file of FILES) await runner.upload(claim, file);
    await cancel();
    await expectProblem(await runner.complete(claim, FILES), 'attempt.stale');
    expect((await read()).status).toBe('canceled');
    await expectProblem(await call('GET', `${head.urls.self}/file/head.glb`), 'resource.not_found');
  });

  test('leaves a job that has succeeded or failed as it is', async () => {
    for (const end of ['succeeded', 'failed']) {
      const { cancel, runner } = await start();
      const claim = await runner.claim();
      if (claim === null) throw new Error('expected a claim');
      if (end === 'succeeded') await runner.finish(claim, FILES);
      else await runner.fail(claim, 'invalid_job');
      expect((await cancel()).status).toBe(end);
    }
  });

  test('at the same moment as complete leaves one end, and files only with success', {
    timeout: 600_000,
  }, async () => {
    for (let i = 0; i < soaked(10); i++) {
      const { call, head, cancel, read, runner } = await start();
      const claim = await runner.claim();
      if (claim === null) throw new Error('expected a claim');
      for (const file of FILES) await runner.upload(claim, file);
      const [completed] = await Promise.all([runner.complete(claim, FILES), cancel()]);
      let { status } = await read();
      if (status === 'canceling') {
        await runner.fail(claim, 'canceled');
        ({ status } = await read());
      }
      expect(completed.status).toBe(status === 'succeeded' ? 200 : 409);
      expect(['succeeded', 'canceled']).toContain(status);
      const file = await call('GET', `${head.urls.self}/file/head.glb`);
      expect(file.status).toBe(status === 'succeeded' ? 200 : 404);
    }
  });
});
