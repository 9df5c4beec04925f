import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test';
import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../db/client.ts';
import { EventStream } from '../../../durable/event-stream.ts';
import { SCHEDULE } from '../../../scheduled/index.ts';
import { bindings } from '../../../test/bindings.ts';
import { makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { deps, endAllJobs, makeAccount, makeEdge } from '../../../test/factories.ts';
import {
  type Claim,
  type DraftFile,
  type FakeRunner,
  makeFakeRunner,
  progressAt,
} from '../../../test/fake-runner.ts';
import { type Frame, openEvents } from '../../../test/read-events.ts';

const FILES: DraftFile[] = [{ name: 'head.glb', contentType: 'x', bytes: Uint8Array.of(1) }];

afterEach(endAllJobs);

async function start() {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const { job } = await createJob(call);
  const room = bindings.JOB_ROOM.get(bindings.JOB_ROOM.idFromName(job.id));
  return { account, call, job, room, runner: await makeFakeRunner() };
}

async function claimOrThrow(runner: FakeRunner): Promise<Claim> {
  const claim = await runner.claim();
  if (claim === null) throw new Error('expected a claim');
  return claim;
}

/** A frame in short: its name, id, sequence and the job's status. */
const short = (frame: Frame | null) =>
  frame === null ? 'end' : `${frame.name} ${frame.id} ${frame.event.sequence} ${frame.event.job.status}`;

describe('an event stream', () => {
  test('begins with a snapshot, brings every transition and progress, and ends with the job', async () => {
    const { call, job, runner } = await start();
    const stream = await openEvents(call, job.id);
    expect(stream.response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('Cache-Control')).toBe('private, no-store');
    expect(stream.response.headers.get('Request-Id')).toMatch(/^req_/);
    const snapshot = await stream.next();
    expect(short(snapshot)).toBe('snapshot 1 1 queued');
    expect(snapshot?.event.job).toEqual(job);
    const claim = await claimOrThrow(runner);
    expect(short(await stream.next())).toBe('job 2 2 running');
    await runner.heartbeat(claim, progressAt(0.5));
    const progress = await stream.next();
    expect(short(progress)).toBe('progress null 2 running');
    expect(progress?.event.job.progress).toEqual({ ...progressAt(0.5), preview_url: null });
    await runner.finish(claim, FILES);
    expect(short(await stream.next())).toBe('job 3 3 succeeded');
    expect(await stream.next()).toBeNull();
  });

  test('tells of a new picture by its address', async () => {
    const { call, job, runner } = await start();
    const claim = await claimOrThrow(runner);
    await runner.heartbeat(claim, progressAt(0.5));
    const stream = await openEvents(call, job.id);
    await stream.next();
    await runner.preview(claim, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
    const frame = await stream.next();
    expect(frame?.name).toBe('progress');
    expect((await call('GET', frame?.event.job.progress?.preview_url ?? '')).status).toBe(200);
    await stream.close();
  });

  test('of a job that has ended is its snapshot and the end', async () => {
    const { call, job } = await start();
    await call('POST', job.urls.cancel);
    const stream = await openEvents(call, job.id);
    expect((await stream.rest()).map(short)).toEqual(['snapshot 2 2 canceled']);
  });

  test('brings progress that the database has not stored yet in its snapshot', async () => {
    const { call, job, runner } = await start();
    const claim = await claimOrThrow(runner);
    await runner.heartbeat(claim, progressAt(0.1));
    await runner.heartbeat(claim, progressAt(0.2));
    const stream = await openEvents(call, job.id);
    expect((await stream.next())?.event.job.progress?.fraction).toBe(0.2);
    await stream.close();
  });

  test('reaches every listener alike', async () => {
    const { call, job, runner } = await start();
    const streams = await Promise.all([1, 2, 3].map(() => openEvents(call, job.id)));
    await runner.finish(await claimOrThrow(runner), FILES);
    for (const stream of streams) {
      const frames = await stream.rest();
      expect(frames.map(short)).toEqual(['snapshot 1 1 queued', 'job 2 2 running', 'job 3 3 succeeded']);
    }
  });

  test('answers HEAD with its headers, and a 404 where there is none', async () => {
    const { call, job } = await start();
    const response = await call('HEAD', job.urls.events);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect((await call('HEAD', '/v1/jobs/job_x/events')).status).toBe(404);
  });

  test('says that it lives while nothing happens', async () => {
    const { call, job } = await start();
    const stream = await openEvents(call, job.id);
    expect(await stream.nextPing()).toBe(': ping');
    expect(await stream.nextPing()).toBe(': ping');
    await stream.close();
  });
});

describe('Last-Event-ID', () => {
  test('brings each missed transition once and in order, from any point', async () => {
    const { call, job, runner } = await start();
    await runner.fail(await claimOrThrow(runner), 'engine_failed');
    await runner.finish(await claimOrThrow(runner), FILES);
    const all = [
      'job 1 1 queued',
      'job 2 2 running',
      'job 3 3 queued',
      'job 4 4 running',
      'job 5 5 succeeded',
    ];
    for (const after of [0, 1, 2, 3, 4, 5, 9]) {
      const frames = await (await openEvents(call, job.id, String(after))).rest();
      // The snapshot has no id: a client that is cut right after it must still ask for what it missed.
      expect(frames.map(short)).toEqual(['snapshot null 5 succeeded', ...all.slice(after)]);
    }
  });

  test('works on a running job, which then goes on', async () => {
    const { call, job, runner } = await start();
    const claim = await claimOrThrow(runner);
    const stream = await openEvents(call, job.id, '1');
    expect(short(await stream.next())).toBe('snapshot null 2 running');
    expect(short(await stream.next())).toBe('job 2 2 running');
    await runner.finish(claim, FILES);
    expect((await stream.rest()).map(short)).toEqual(['job 3 3 succeeded']);
  });

  test('that was never given out hides nothing that is still to come', async () => {
    const { call, job, runner } = await start();
    const stream = await openEvents(call, job.id, '9');
    expect(short(await stream.next())).toBe('snapshot null 1 queued');
    await runner.finish(await claimOrThrow(runner), FILES);
    expect((await stream.rest()).map(short)).toEqual(['job 2 2 running', 'job 3 3 succeeded']);
  });

  test.each(['abc', '-1', '1e3', ''])('%j is none of ours: a fresh stream', async (id) => {
    const { call, job } = await start();
    await call('POST', job.urls.cancel);
    expect((await (await openEvents(call, job.id, id)).rest()).map(short)).toEqual(['snapshot 2 2 canceled']);
  });
});

test('after its snapshot a stream reads no database', async () => {
  const { account, job, room, runner } = await start();
  let calls = 0;
  const countingDb = new Proxy(bindings.DB, {
    get(target, name) {
      calls += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const edge = makeEdge({ db: openDatabase(countingDb) });
  const stream = await openEvents(makeClient(account.key, edge.fetcher), job.id);
  expect(short(await stream.next())).toBe('snapshot 1 1 queued');
  const before = calls;
  expect(before).toBeGreaterThan(0);
  await runInDurableObject(room, (instance: object) => {
    const withoutDatabase = new Proxy(bindings, {
      get(target, name) {
        if (name === 'DB') throw new Error('the room reached for the database');
        return Reflect.get(target, name);
      },
    });
    Object.defineProperty(instance, 'env', { value: withoutDatabase });
  });
  const claim = await claimOrThrow(runner);
  await runner.heartbeat(claim, progressAt(0.5));
  await stream.nextPing();
  await runner.finish(claim, FILES);
  expect((await stream.rest()).at(-1)?.event.job.status).toBe('succeeded');
  expect(calls).toBe(before);
});

describe('a Durable Object that is lost', () => {
  test('while nobody listens loses nothing', async () => {
    const { call, job, room, runner } = await start();
    const claim = await claimOrThrow(runner);
    await runner.heartbeat(claim, progressAt(0.5));
    await evictDurableObject(room);
    await runner.heartbeat(claim, progressAt(0.6));
    await runner.finish(claim, FILES);
    await evictDurableObject(room);
    const frames = await (await openEvents(call, job.id, '0')).rest();
    expect(frames.map(short).slice(1)).toEqual(['job 1 1 queued', 'job 2 2 running', 'job 3 3 succeeded']);
  });

  test('with all that it stored is made whole from the database', async () => {
    const { call, job, room, runner } = await start();
    const claim = await claimOrThrow(runner);
    await runInDurableObject(room, (_, state) => state.storage.deleteAll());
    await evictDurableObject(room);
    const stream = await openEvents(call, job.id, '0');
    await runner.finish(claim, FILES);
    expect((await stream.rest()).map(short)).toEqual([
      'snapshot null 2 running',
      'job 1 1 queued',
      'job 2 2 running',
      'job 3 3 succeeded',
    ]);
  });

  test('under its listeners cuts them off, and they resume', async () => {
    const { call, job, runner } = await start();
    const stream = await openEvents(call, job.id);
    const last = await stream.next();
    await abortAllDurableObjects();
    await expect(stream.rest()).rejects.toThrow();
    await runner.finish(await claimOrThrow(runner), FILES);
    const resumed = await openEvents(call, job.id, last?.id ?? '');
    expect((await resumed.rest()).map(short).slice(1)).toEqual(['job 2 2 running', 'job 3 3 succeeded']);
  });

  test('with a runner waiting in it wakes nobody wrongly: the claim ends or is asked again', async () => {
    const { runner } = await start();
    await claimOrThrow(runner);
    const waiting = runner.claim(0.2);
    await abortAllDurableObjects();
    expect(await waiting).toBeNull();
  });
});

describe('a ring that is lost', () => {
  const lost = { ...deps.doorbell, jobChanged: async () => undefined, poolReady: async () => undefined };

  test('is made good by the next one', async () => {
    const { account, call, job } = await start();
    const runner = await makeFakeRunner({ fetcher: makeEdge({ doorbell: lost }).fetcher });
    const stream = await openEvents(makeClient(account.key), job.id);
    const claim = await claimOrThrow(runner);
    const hearing = await makeFakeRunner();
    await hearing.finish(claim, FILES);
    expect((await stream.rest()).map(short)).toEqual([
      'snapshot 1 1 queued',
      'job 2 2 running',
      'job 3 3 succeeded',
    ]);
    expect((await call('GET', job.urls.self)).status).toBe(200);
  });

  test('is repeated by the sweep', async () => {
    const { account, job } = await start();
    const { fetcher } = makeEdge({ doorbell: lost });
    const stream = await openEvents(makeClient(account.key), job.id);
    await stream.next();
    await makeClient(account.key, fetcher)('POST', job.urls.cancel);
    await SCHEDULE['* * * * *']?.(deps);
    expect((await stream.rest()).map(short)).toEqual(['job 2 2 canceled']);
  });
});

test('a lease that runs out wakes the pool, which queues the job again, and its listeners hear of it', async () => {
  const { call, job } = await start();
  const stream = await openEvents(call, job.id);
  await stream.next();
  const longAgo = makeEdge({ clock: () => Date.now() - 3_600_000 });
  await claimOrThrow(await makeFakeRunner({ fetcher: longAgo.fetcher }));
  expect(short(await stream.next())).toBe('job 2 2 running');
  expect(short(await stream.next())).toBe('job 3 3 queued');
  await stream.close();
});

test('a claim wakes no room that nobody has been in, and a listener misses nothing by it', async () => {
  const { call, job, room, runner } = await start();
  const claim = await claimOrThrow(runner);
  const stored = () => runInDurableObject(room, async (_, state) => (await state.storage.list()).size);
  expect(await stored()).toBe(0);
  await runner.heartbeat(claim, progressAt(0.5));
  const stream = await openEvents(call, job.id, '0');
  const snapshot = await stream.next();
  expect(snapshot?.event.job.progress?.fraction).toBe(0.5);
  expect([short(await stream.next()), short(await stream.next())]).toEqual([
    'job 1 1 queued',
    'job 2 2 running',
  ]);
  await runner.fail(claim, 'engine_failed');
  await claimOrThrow(runner);
  expect([short(await stream.next()), short(await stream.next())]).toEqual([
    'job 3 3 queued',
    'job 4 4 running',
  ]);
  await stream.close();
});

test('a listener that is on its way while a runner claims is told of it', async () => {
  const { account, job, runner } = await start();
  const { doorbell } = deps;
  let claim: Claim | null = null;
  const openStream: typeof doorbell.openStream = async (...opening) => {
    claim = await runner.claim();
    return doorbell.openStream(...opening);
  };
  const { fetcher } = makeEdge({ doorbell: { ...doorbell, openStream } });
  const stream = await openEvents(makeClient(account.key, fetcher), job.id);
  expect(claim).not.toBeNull();
  expect([short(await stream.next()), short(await stream.next())]).toEqual([
    'snapshot 1 1 queued',
    'job 2 2 running',
  ]);
  await stream.close();
});

test('the room of an ended job forgets it after a while, and its stream is still whole', async () => {
  const { call, job, room } = await start();
  await call('POST', job.urls.cancel);
  expect(await runDurableObjectAlarm(room)).toBe(true);
  const stored = await runInDurableObject(room, async (_, state) => (await state.storage.list()).size);
  expect(stored).toBe(0);
  const frames = await (await openEvents(call, job.id, '0')).rest();
  expect(frames.map(short).slice(1)).toEqual(['job 1 1 queued', 'job 2 2 canceled']);
});

test('a listener that does not read misses progress and no transition', async () => {
  const { job } = await start();
  const stream = new EventStream(0, () => undefined);
  for (let i = 0; i < 100; i++) stream.send('progress', { sequence: 1, job }, null);
  for (let i = 1; i <= 5; i++) stream.send('job', { sequence: i, job }, i);
  stream.end();
  const text = await new Response(stream.readable).text();
  expect(text.match(/^event: progress$/gm)).toHaveLength(1);
  expect(text.match(/^id: \d$/gm)).toEqual(['id: 1', 'id: 2', 'id: 3', 'id: 4', 'id: 5']);
});

test('a listener that goes is forgotten', async () => {
  const { job } = await start();
  await new Promise<void>((resolve) => {
    const stream = new EventStream(0, resolve);
    stream.send('job', { sequence: 1, job }, 1);
    void stream.readable.cancel();
  });
  expect(job.status).toBe('queued');
});
