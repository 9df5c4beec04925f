import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { jobs } from '../db/schema/jobs.ts';
import { makeClient } from '../test/client.ts';
import { createJob } from '../test/create-job.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../test/factories.ts';
import { makeFakeRunner } from '../test/fake-runner.ts';
import { claimOrThrow } from '../test/start-attempt.ts';
import { SCHEDULE } from './index.ts';

afterEach(endAllJobs);

test('a row that cannot be dealt with keeps nothing else back', async () => {
  const clock = makeClock();
  const logged: string[] = [];
  const error = (message: string) => logged.push(message);
  const edge = makeEdge({ clock: clock.now, log: { info: () => undefined, error } });
  const call = makeClient((await makeAccount()).key, edge.fetcher);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  const { job: broken } = await createJob(call);
  await claimOrThrow(runner);
  clock.advance(1);
  const { job: lost } = await createJob(call);
  await claimOrThrow(runner);
  // A preset that no program knows any more: the attempt’s end is not to be decided.
  await deps.db.update(jobs).set({ preset: 'gone' }).where(eq(jobs.id, broken.id));
  clock.advance(3_600_000);
  await SCHEDULE['* * * * *']?.(edge.deps);
  expect(logged).toContain('a lease was not ended');
  const [row] = await deps.db.select().from(jobs).where(eq(jobs.id, lost.id));
  expect(row).toMatchObject({ status: 'queued', failures: 1 });
});

test('a sweep that fails is told, and the others run', async () => {
  const logged: string[] = [];
  const error = (message: string, fields: object) => logged.push(`${message} ${JSON.stringify(fields)}`);
  const db = new Proxy(deps.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'selectDistinct') throw new Error('no database');
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const { deps: broken } = makeEdge({ db, log: { info: () => undefined, error } });
  await SCHEDULE['* * * * *']?.(broken);
  expect(logged.map((line) => /"id":"(\w+)"/.exec(line)?.[1])).toEqual(['sweepJobs', 'sweepWebhooks']);
});
