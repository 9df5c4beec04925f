import { afterEach, expect, test, vi } from 'vitest';
import { bindings } from '../test/bindings.ts';

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
