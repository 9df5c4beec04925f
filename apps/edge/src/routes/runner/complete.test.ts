import { Head } from '@headwright/shared/api/heads';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { assets } from '../../db/schema/assets.ts';
import type { Objects } from '../../ports/objects/interface.ts';
import { bindings } from '../../test/bindings.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeEdge } from '../../test/factories.ts';
import { type Claim, type FakeRunner, makeFakeRunner } from '../../test/fake-runner.ts';
import { FILES, history, listDrafts, startAttempt } from '../../test/start-attempt.ts';

afterEach(endAllJobs);

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
