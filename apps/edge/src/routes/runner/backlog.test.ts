import { Backlog } from '@headwright/shared/runner/backlog';
import { afterEach, expect, test } from 'vitest';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';

afterEach(endAllJobs);

test('the backlog counts what is ready, running and waiting in each pool of the runner’s modes', async () => {
  const clock = makeClock();
  const { fetcher } = makeEdge({ clock: clock.now });
  const call = makeClient((await makeAccount({ runningLimit: 3 })).key, fetcher);
  const runner = await makeFakeRunner({ fetcher });
  const read = async (asked = runner) =>
    Backlog.parse(await (await asked.call('GET', '/runner/v1/backlog')).json());
  expect(await read()).toEqual({ pools: [], waiting: 0 });
  await createJob(call);
  await createJob(call);
  await createJob(call, 'test:succeed');
  await createJob(call);
  await runner.claim();
  clock.advance(7000);
  expect(await read()).toEqual({
    pools: [
      { pool: 'test', ready: 1, running: 0, oldest_ready_s: 7 },
      { pool: 'test:smoke:head-1.0', ready: 1, running: 1, oldest_ready_s: 7 },
    ],
    waiting: 1,
  });
  expect(await read(await makeFakeRunner({ fetcher, mode: 'live' }))).toEqual({ pools: [], waiting: 0 });
});
