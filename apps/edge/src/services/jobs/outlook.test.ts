import { Quote } from '@headwright/shared/api/billing';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner } from '../../test/fake-runner.ts';
import { claimOrThrow, FILES, readJob } from '../../test/start-attempt.ts';
import { OUTLOOK } from './outlook.ts';

afterEach(endAllJobs);

/** An account whose heads took ten seconds each, and the runner that made them. */
async function startWithExperience(jobCount: number, runningLimit = 10) {
  const clock = makeClock();
  const edge = makeEdge({ clock: clock.now });
  const call = makeClient((await makeAccount({ runningLimit })).key, edge.fetcher);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  for (let i = 0; i < jobCount; i++) {
    await createJob(call);
    const claim = await claimOrThrow(runner);
    clock.advance(10_000);
    await runner.finish(claim, FILES);
  }
  return { call, runner };
}

test('a waiting job says when it is likely to end, from how long such jobs took and what goes first', async () => {
  const { call, runner } = await startWithExperience(4);
  const unknown = await createJob(call);
  expect(unknown.job.eta_s, 'four jobs say nothing yet').toBeNull();
  const claim = await claimOrThrow(runner);
  await runner.finish(claim, FILES);
  // Four took ten seconds and one none at all.
  const held = await createJob(call);
  expect(held.job.eta_s, 'nobody goes first').toBe(8);
  const second = await createJob(call);
  expect(second.job.eta_s, 'another goes first, and nobody works').toBeNull();
  await claimOrThrow(runner);
  const third = await createJob(call);
  expect(third.job).toMatchObject({ eta_s: 16, queue_position: 1 });
  expect((await readJob(call, third.job.urls.self)).eta_s).toBe(16);
  expect((await readJob(call, second.job.urls.self)).eta_s).toBe(8);
  expect(
    (await readJob(call, held.job.urls.self)).eta_s,
    'a running one waits for its runner’s word',
  ).toBeNull();
  const json = { preset: 'smoke' };
  const quote = Quote.parse(await (await call('POST', '/v1/quotes', { json })).json());
  expect(quote).toMatchObject({ typical_duration_s: { p50: 10, p95: 10 }, queue_wait_s: 20 });
});

test('a job that waits for a slot of its account waits for the account’s own jobs', async () => {
  const { call } = await startWithExperience(5, 2);
  const typicalSeconds = (await createJob(call)).job.eta_s ?? Number.NaN;
  await createJob(call);
  expect((await createJob(call)).job.eta_s).toBe(2 * typicalSeconds);
  expect((await createJob(call)).job.eta_s).toBe(Math.round(2.5 * typicalSeconds));
});

test('how long jobs took is read from their index', async () => {
  const plan = await deps.db.all<{ detail: string }>(
    sql`explain query plan select ${OUTLOOK.etaSeconds} from jobs`,
  );
  const details = plan.map(({ detail }) => detail).join('\n');
  expect(details).toContain('SEARCH done USING INDEX jobs_durations');
  expect(details).toContain('SEARCH ahead USING COVERING INDEX jobs_ready');
  expect(details).not.toMatch(/SCAN (done|held|ahead)\b(?! USING)/);
});
