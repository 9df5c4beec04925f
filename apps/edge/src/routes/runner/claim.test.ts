import { afterEach, describe, expect, test } from 'vitest';
import type { Doorbell } from '../../ports/doorbell/interface.ts';
import { claimJob } from '../../services/jobs/claim.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';

afterEach(endAllJobs);

describe('claim', () => {
  test('hands out ready jobs oldest first, each once, across accounts', async () => {
    const one = makeClient((await makeAccount()).key);
    const other = makeClient((await makeAccount()).key);
    const created = [];
    for (const call of [one, other, one, other]) created.push(await createJob(call));
    const runners = await Promise.all([makeFakeRunner(), makeFakeRunner(), makeFakeRunner()]);
    const claimed = [];
    for (let i = 0; i < 4; i++) claimed.push(await runners[i % 3]?.claim());
    expect(claimed.map((claim) => claim?.job.job_id)).toEqual(created.map(({ job }) => job.id));
    expect(await runners[0].claim()).toBeNull();
  });

  test('takes the oldest of all the presets that the runner is willing to run', async () => {
    const clock = makeClock();
    const created = [];
    for (const preset of ['standard', 'draft', 'smoke']) {
      const { fetcher } = makeEdge({ clock: clock.now });
      clock.advance(10);
      const response = await makeClient((await makeAccount()).key, fetcher)('POST', '/v1/heads', {
        json: { prompt: 'x', preset },
      });
      created.push((await response.json<{ job: { id: string } }>()).job.id);
    }
    const runner = await makeFakeRunner();
    for (const id of created) expect((await runner.claim())?.job.job_id).toBe(id);
  });

  test('gives a job to one of many runners that ask at once', async () => {
    await createJob(makeClient((await makeAccount()).key));
    const runners = await Promise.all(Array.from({ length: 8 }, () => makeFakeRunner()));
    const claims = await Promise.all(runners.map((runner) => runner.claim()));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test('gives a runner only presets that it is willing to run', async () => {
    await createJob(makeClient((await makeAccount()).key));
    const { call } = await makeFakeRunner();
    const ask = (presets: string[]) =>
      call('POST', '/runner/v1/claim', { json: { runner: 'r', presets, wait_s: 0 } });
    expect((await ask(['draft', 'standard'])).status).toBe(204);
    expect((await ask(['draft', 'smoke', 'smoke'])).status).toBe(200);
  });

  test('gives a runner for live keys no job of a test key', async () => {
    await createJob(makeClient((await makeAccount()).key));
    expect(await (await makeFakeRunner({ mode: 'live' })).claim()).toBeNull();
    expect(await (await makeFakeRunner({ mode: 'test' })).claim()).not.toBeNull();
  });

  test('that waits is answered as soon as a job is ready, and not before', async () => {
    const call = makeClient((await makeAccount()).key);
    const runner = await makeFakeRunner();
    const waiting = runner.claim(20);
    const early = await Promise.race([waiting, call('GET', '/v1/jobs/x').then(() => 'still waiting')]);
    expect(early).toBe('still waiting');
    const { job } = await createJob(call);
    expect((await waiting)?.job.job_id).toBe(job.id);
  });

  test('that waits in vain ends with 204', async () => {
    expect(await (await makeFakeRunner()).claim(0.05)).toBeNull();
  });

  test('that has hung up takes no job, neither at once nor when it is woken', async () => {
    const ctx = { actor: { kind: 'runner', runnerId: 'r', mode: 'any' }, requestId: 'r' } as const;
    const request = { runner: 'gone', presets: ['smoke' as const], wait_s: 5 };
    const call = makeClient((await makeAccount()).key);
    const hangUp = new AbortController();
    const doorbell: Doorbell = {
      ...deps.doorbell,
      async waitForPool() {
        await createJob(call);
        hangUp.abort();
        return true;
      },
    };
    expect(await claimJob({ ...ctx, deps: { ...deps, doorbell } }, request, hangUp.signal)).toBeNull();
    expect(await claimJob({ ...ctx, deps }, request, hangUp.signal)).toBeNull();
    expect(await claimJob({ ...ctx, deps }, request, new AbortController().signal)).not.toBeNull();
  });

  test.each([
    [{}, '/runner'],
    [{ runner: 'r', presets: [], wait_s: 0 }, '/presets'],
    [{ runner: 'r', presets: ['ultra'], wait_s: 0 }, '/presets/0'],
    [{ runner: 'r', presets: ['draft'], wait_s: 26 }, '/wait_s'],
    [{ runner: 'r', presets: ['draft'], wait_s: 0, more: 1 }, '/more'],
  ])('refuses %j', async (json, pointer) => {
    const { call } = await makeFakeRunner();
    const problem = await expectProblem(await call('POST', '/runner/v1/claim', { json }), 'input.invalid');
    expect(problem.errors?.[0]?.pointer).toBe(pointer);
  });
});
