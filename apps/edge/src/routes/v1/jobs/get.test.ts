import { afterEach, expect, test } from 'vitest';
import { endAllJobs } from '../../../test/factories.ts';
import { FILES, readJob, startAttempt } from '../../../test/start-attempt.ts';

afterEach(endAllJobs);

test('a job says where and when to look again until it has ended', async () => {
  const { call, created, runner, claim } = await startAttempt();
  const { urls } = created.job;
  const hints = async (method: string, path: string) => {
    const { headers } = await call(method, path);
    return [headers.get('Location'), headers.get('Retry-After')];
  };
  expect(await hints('GET', urls.self)).toEqual([urls.self, '2']);
  await runner.finish(claim, FILES);
  expect(await hints('GET', urls.self)).toEqual([null, null]);
  expect(await hints('POST', urls.cancel)).toEqual([null, null]);
});

test('a job under cancellation says where to look again', async () => {
  const { call, created } = await startAttempt();
  const { headers } = await call('POST', created.job.urls.cancel);
  expect([headers.get('Location'), headers.get('Retry-After')]).toEqual([created.job.urls.self, '2']);
});

test('a failed job carries its problem, and that nothing was charged', async () => {
  const { call, created, runner, claim } = await startAttempt();
  await runner.fail(claim, 'engine_failed', false);
  const job = await readJob(call, created.job.urls.self);
  expect(job.error).toMatchObject({ type: '/v1/errors/job.engine_failed', status: 500, charged: false });
  expect(job.billing?.state).toBe('released');
});
