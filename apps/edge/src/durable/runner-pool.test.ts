import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, expect, test, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import { jobs } from '../db/schema/jobs.ts';
import { openDoorbell } from '../ports/doorbell/durable-objects.ts';
import { bindings } from '../test/bindings.ts';
import { deps, endAllJobs, makeClock } from '../test/factories.ts';
import { startAttempt } from '../test/start-attempt.ts';

/** A pool that no edge rings. */
const pool = () => bindings.RUNNER_POOL.get(bindings.RUNNER_POOL.idFromName(crypto.randomUUID()));

afterEach(() => {
  vi.useRealTimers();
});

test('a job that became ready since the version was read ends the wait before it begins', async () => {
  const own = pool();
  const version = await own.version();
  await own.ready('test:draft');
  // Shorter than the time after which a ring wakes for the second time.
  expect(await own.wait(['test:draft'], version, 100)).toBe(true);
});

test('a ready job wakes the newest of the runners that wait for its pool, at once', async () => {
  const own = pool();
  const version = await own.version();
  const waits = [
    own.wait(['test:draft'], version, 20_000).then(() => 'older'),
    own.wait(['test:draft', 'test:standard'], version, 20_000).then(() => 'newer'),
    own.wait(['test:standard'], version, 20_000).then(() => 'of another pool'),
  ];
  expect(await own.version()).toBe(version);
  // Nothing that takes time happens from here on: who is woken was woken by the ring itself.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  await own.ready('test:draft');
  expect(await Promise.race(waits)).toBe('newer');
  await own.ready('test:standard');
  expect(await Promise.race([waits[0], waits[2]])).toBe('of another pool');
});

test('a wait in vain ends with false', async () => {
  const own = pool();
  expect(await own.wait(['test:draft'], await own.version(), 10)).toBe(false);
});

test('leases are looked at when the first of them ends, and again when the next one does', async () => {
  const own = pool();
  const alarmMs = () => runInDurableObject(own, (_, state) => state.storage.getAlarm());
  const [soonMs, laterMs] = [Date.now() + 3_600_000, Date.now() + 7_200_000];
  expect(await own.leaseGiven(laterMs)).toBe(laterMs);
  expect(await own.leaseGiven(soonMs)).toBe(soonMs);
  expect(await own.leaseGiven(laterMs)).toBe(soonMs);
  expect(await alarmMs()).toBe(soonMs);
  const { claim } = await startAttempt();
  expect(await runDurableObjectAlarm(own)).toBe(true);
  const [job] = await deps.db.select().from(jobs).where(eq(jobs.id, claim.job.job_id));
  expect(await alarmMs()).toBe(job?.leaseExpiresAt);
  await endAllJobs();
  expect(await runDurableObjectAlarm(own)).toBe(true);
  expect(await alarmMs()).toBeNull();
});

test('an isolate tells the pool of a lease only if a look at that time is not sure to come', async () => {
  const clock = makeClock();
  const asked: number[] = [];
  const leaseGiven = async (endsAtMs: number) =>
    Math.min(asked[asked.push(endsAtMs) - 2] ?? endsAtMs, endsAtMs);
  const namespace = { idFromName: () => null, get: () => ({ leaseGiven }) };
  const env = new Proxy(bindings, {
    get: (target, name) => (name === 'RUNNER_POOL' ? namespace : Reflect.get(target, name)),
  });
  const doorbell = openDoorbell(env, clock.now, deps.log);
  const startMs = clock.now();
  for (const endsAtMs of [60_000, 61_000, 59_000]) await doorbell.leaseGiven(startMs + endsAtMs);
  expect(asked.map((ms) => ms - startMs)).toEqual([60_000, 59_000]);
  clock.advance(58_500);
  await doorbell.leaseGiven(startMs + 118_500);
  expect(asked.map((ms) => ms - startMs)).toEqual([60_000, 59_000, 118_500]);
});
