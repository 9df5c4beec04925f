import { Head } from '@headwright/shared/api/heads';
import { Job } from '@headwright/shared/api/jobs';
import type { JobStatus } from '@headwright/shared/job-state';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { assets } from '../../db/schema/assets.ts';
import { events } from '../../db/schema/events.ts';
import type { Doorbell } from '../../ports/doorbell/interface.ts';
import type { Objects } from '../../ports/objects/interface.ts';
import { SCHEDULE } from '../../scheduled/index.ts';
import { claimJob } from '../../services/jobs/claim.ts';
import { expireLease } from '../../services/jobs/expire-lease.ts';
import { bindings } from '../../test/bindings.ts';
import { type Client, makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';
import {
  type Claim,
  type DraftFile,
  type FakeRunner,
  makeFakeRunner,
  progressAt,
} from '../../test/fake-runner.ts';

const FILES: DraftFile[] = [
  { name: 'head.glb', contentType: 'model/gltf-binary', bytes: Uint8Array.of(1, 2, 3) },
];
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);

afterEach(endAllJobs);

const readJob = async (call: Client, path: string) => Job.parse(await (await call('GET', path)).json());

async function claimOrThrow(runner: FakeRunner): Promise<Claim> {
  const claim = await runner.claim();
  if (claim === null) throw new Error('expected a claim');
  return claim;
}

/** An account, a runner, and a job that it holds, all on a clock that the test moves. */
async function startAttempt() {
  const clock = makeClock();
  const edge = makeEdge({ clock: clock.now });
  const account = await makeAccount();
  const call = makeClient(account.key, edge.fetcher);
  const runner = await makeFakeRunner({ fetcher: edge.fetcher });
  const created = await createJob(call);
  const claim = await claimOrThrow(runner);
  expect(claim.job.job_id).toBe(created.job.id);
  const sweep = async () => SCHEDULE['* * * * *']?.(edge.deps);
  return { clock, edge, account, call, runner, claim, created, sweep };
}

/** Statuses of a job's events in order; their sequence must have no hole. */
async function history(jobId: string): Promise<JobStatus[]> {
  const rows = await deps.db.select().from(events).where(eq(events.jobId, jobId)).orderBy(events.sequence);
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, i) => i + 1));
  return rows.map(({ snapshot }) => snapshot.status);
}

/** Every write of the protocol with this attempt's token. */
async function writeEverything(runner: FakeRunner, claim: Claim): Promise<Response[]> {
  return [
    await runner.preview(claim, PNG),
    await runner.upload(claim, { name: 'other.glb', contentType: 'x', bytes: Uint8Array.of(9) }),
    await runner.complete(claim, FILES),
    await runner.fail(claim, 'engine_failed', false),
    await runner.fail(claim, 'canceled'),
    await runner.fail(claim, 'shutdown'),
  ];
}

const listDrafts = async (jobId: string) =>
  (await bindings.FILES.list({ prefix: `tmp/${jobId}/` })).objects.map(({ key }) => key);

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

describe('complete', () => {
  test('publishes once, however often it is repeated, and cleans up', async () => {
    const { account, call, runner, claim, created } = await startAttempt();
    await runner.upload(claim, { name: 'unlisted.png', contentType: 'image/png', bytes: Uint8Array.of(7) });
    expect(await runner.finish(claim, FILES)).toBe('succeeded');
    for (let i = 0; i < 3; i++) {
      const again = await runner.complete(claim, FILES, ['another warning']);
      expect([again.status, await again.json()]).toEqual([200, { status: 'succeeded' }]);
    }
    const head = Head.parse(await (await call('GET', created.head.urls.self)).json());
    expect(head).toMatchObject({ status: 'succeeded', warnings: [] });
    expect(head.files.map(({ name }) => name)).toEqual(['head.glb']);
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'succeeded']);
    expect(await listDrafts(created.job.id)).toEqual([]);
    const kept = await bindings.FILES.list({ prefix: `${account.id}/` });
    expect(kept.objects.map(({ key }) => key)).toEqual([`${account.id}/${head.id}/${head.files[0]?.sha256}`]);
  });

  test('twice at the same moment succeeds once and answers both', async () => {
    const { runner, claim, created } = await startAttempt();
    for (const file of FILES) await runner.upload(claim, file);
    const answers = await Promise.all([1, 2, 3].map(() => runner.complete(claim, FILES)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'succeeded']);
  });

  test('that a twin has overtaken in the middle answers like the twin', async () => {
    const { account, runner, claim, created } = await startAttempt();
    for (const file of FILES) await runner.upload(claim, file);
    let isFirst = true;
    const objects: Objects = {
      ...deps.objects,
      async inspect(key) {
        if (isFirst) {
          isFirst = false;
          expect((await runner.complete(claim, FILES)).status).toBe(200);
        }
        return deps.objects.inspect(key);
      },
    };
    const slow = await makeFakeRunner({ fetcher: makeEdge({ objects }).fetcher });
    const answer = await slow.complete(claim, FILES);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'succeeded' }]);
    expect(await history(created.job.id)).toEqual(['queued', 'running', 'succeeded']);
    expect(await deps.db.$count(assets, eq(assets.accountId, account.id))).toBe(1);
  });

  test('shows the warnings that came with it', async () => {
    const { call, runner, claim, created } = await startAttempt();
    for (const file of FILES) await runner.upload(claim, file);
    await runner.complete(claim, FILES, ['the word "ocarina" is new to this model']);
    const head = Head.parse(await (await call('GET', created.head.urls.self)).json());
    expect(head.warnings).toEqual(['the word "ocarina" is new to this model']);
  });

  test('is refused while a listed file is missing, shorter or other than stated; the attempt goes on', async () => {
    const { call, runner, claim, created } = await startAttempt();
    await expectProblem(await runner.complete(claim, FILES), 'attempt.incomplete');
    const [file] = FILES;
    if (file === undefined) throw new Error('expected a file');
    await runner.upload(claim, file);
    for (const bytes of [Uint8Array.of(1, 2), Uint8Array.of(1, 2, 4)]) {
      await expectProblem(await runner.complete(claim, [{ ...file, bytes }]), 'attempt.incomplete');
    }
    const missing = { ...file, name: 'missing.png' };
    await expectProblem(await runner.complete(claim, [file, missing]), 'attempt.incomplete');
    expect(await deps.db.$count(assets, eq(assets.jobId, created.job.id))).toBe(0);
    await expectProblem(await call('GET', `${created.head.urls.self}/file/head.glb`), 'resource.not_ready');
    expect(await runner.finish(claim, FILES)).toBe('succeeded');
  });

  test('refuses a name that is listed twice', async () => {
    const { runner, claim } = await startAttempt();
    for (const file of FILES) await runner.upload(claim, file);
    const problem = await expectProblem(await runner.complete(claim, [...FILES, ...FILES]), 'input.invalid');
    expect(problem.errors?.[0]?.pointer).toBe('/files/1/name');
  });

  test('lets two files of the same bytes be two files', async () => {
    const { call, runner, claim, created } = await startAttempt();
    const [file] = FILES;
    if (file === undefined) throw new Error('expected a file');
    expect(await runner.finish(claim, [file, { ...file, name: 'copy.glb' }])).toBe('succeeded');
    const head = Head.parse(await (await call('GET', created.head.urls.self)).json());
    expect(head.files.map(({ name }) => name)).toEqual(['copy.glb', 'head.glb']);
  });
});

describe('upload', () => {
  const put = (
    runner: FakeRunner,
    claim: Claim,
    name: string,
    headers: Record<string, string>,
    body?: BodyInit,
  ) =>
    runner.call('PUT', `/runner/v1/jobs/${claim.job.job_id}/files/${name}`, {
      headers: { 'Attempt-Token': claim.attempt.token, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const DIGEST_OF_NOTHING = 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:';

  test('refuses bytes that differ from their digest', async () => {
    const { runner, claim, created } = await startAttempt();
    const headers = { 'Content-Digest': DIGEST_OF_NOTHING, 'Content-Length': '1' };
    await expectProblem(
      await put(runner, claim, 'head.glb', headers, Uint8Array.of(1)),
      'input.digest_mismatch',
    );
    expect(await listDrafts(created.job.id)).toEqual([]);
  });

  test('refuses a missing digest, an empty body and a file beyond 64 MiB', async () => {
    const { runner, claim } = await startAttempt();
    const one = Uint8Array.of(1);
    await expectProblem(
      await put(runner, claim, 'head.glb', { 'Content-Length': '1' }, one),
      'input.invalid',
    );
    const md5 = { 'Content-Digest': 'md5=:AAAA:', 'Content-Length': '1' };
    await expectProblem(await put(runner, claim, 'head.glb', md5, one), 'input.invalid');
    await expectProblem(
      await put(runner, claim, 'head.glb', { 'Content-Digest': DIGEST_OF_NOTHING }),
      'input.invalid',
    );
    const huge = { 'Content-Digest': DIGEST_OF_NOTHING, 'Content-Length': String(65 * 1024 * 1024) };
    await expectProblem(await put(runner, claim, 'head.glb', huge, one), 'input.too_large');
  });

  test.each(['..%2Fhead.glb', 'a/b/c.png', 'HEAD.glb', 'head', '.glb', 'a%2F..%2Fb.glb', 'head%00.glb'])(
    'refuses the name %s',
    async (name) => {
      const { runner, claim } = await startAttempt();
      const headers = { 'Content-Digest': DIGEST_OF_NOTHING, 'Content-Length': '1' };
      await expectProblem(await put(runner, claim, name, headers, Uint8Array.of(1)), 'input.invalid');
    },
  );
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
