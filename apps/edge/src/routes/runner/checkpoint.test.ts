import { CHECKPOINT_MAX_BYTES } from '@headwright/shared/limits';
import { afterEach, expect, test } from 'vitest';
import type { Objects } from '../../ports/objects/interface.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs, makeEdge } from '../../test/factories.ts';
import { makeFakeRunner, sha256Hex } from '../../test/fake-runner.ts';
import { claimOrThrow, FILES, listDrafts, startAttempt } from '../../test/start-attempt.ts';

const FIRST = new TextEncoder().encode('after 100 steps');
const SECOND = new TextEncoder().encode('after 200 steps');

afterEach(endAllJobs);

const textOf = async (response: Response) => new TextDecoder().decode(await response.arrayBuffer());

test('the runner that replaces another is offered its newest checkpoint, of which there is only one', async () => {
  const { runner, claim, created, clock, sweep } = await startAttempt();
  expect(claim.checkpoint).toBeNull();
  await expectProblem(await runner.readCheckpoint(claim), 'resource.not_found');
  for (const bytes of [FIRST, SECOND, SECOND]) {
    expect((await runner.saveCheckpoint(claim, bytes)).status).toBe(204);
  }
  expect(await listDrafts(created.job.id)).toHaveLength(1);
  clock.advance(60_001);
  await sweep();
  const heir = await claimOrThrow(runner);
  expect(heir.job.job_id).toBe(created.job.id);
  expect(heir.checkpoint).toEqual({ bytes: SECOND.byteLength, sha256: await sha256Hex(SECOND) });
  expect(await textOf(await runner.readCheckpoint(heir))).toBe('after 200 steps');
});

test('an attempt that is over overwrites no checkpoint, not even with an upload that began before', async () => {
  const { runner, claim, clock, sweep } = await startAttempt();
  await runner.saveCheckpoint(claim, FIRST);
  const objects: Objects = {
    ...deps.objects,
    async put(...given) {
      const stored = await deps.objects.put(...given);
      clock.advance(60_001);
      await sweep();
      return stored;
    },
  };
  const slow = await makeFakeRunner({ fetcher: makeEdge({ objects, clock: clock.now }).fetcher });
  await expectProblem(await slow.saveCheckpoint(claim, SECOND), 'attempt.stale');
  await expectProblem(await runner.readCheckpoint(claim), 'attempt.stale');
  const heir = await claimOrThrow(runner);
  expect(await textOf(await runner.readCheckpoint(heir))).toBe('after 100 steps');
  await expectProblem(await runner.saveCheckpoint(claim, SECOND), 'attempt.stale');
  expect(await textOf(await runner.readCheckpoint(heir))).toBe('after 100 steps');
});

test('a checkpoint outlives the failure, the leaving and the death of a runner', async () => {
  const { runner, claim, clock, sweep } = await startAttempt();
  await runner.saveCheckpoint(claim, FIRST);
  await runner.fail(claim, 'engine_failed');
  const second = await claimOrThrow(runner);
  expect(second.checkpoint, 'its own failure does not spoil it').not.toBeNull();
  await runner.fail(second, 'shutdown');
  const third = await claimOrThrow(runner);
  expect(third.checkpoint).toEqual(second.checkpoint);
  clock.advance(60_001);
  await sweep();
  const fourth = await claimOrThrow(runner);
  expect(fourth.checkpoint).toEqual(second.checkpoint);
});

test('an engine that fails after going on from a checkpoint begins anew', async () => {
  const { runner, claim } = await startAttempt();
  await runner.saveCheckpoint(claim, FIRST);
  await runner.fail(claim, 'shutdown');
  await runner.fail(await claimOrThrow(runner), 'engine_failed');
  expect((await claimOrThrow(runner)).checkpoint).toBeNull();
});

test('a checkpoint ends with its job, and is no file of the head', async () => {
  const { call, runner, claim, created } = await startAttempt();
  await runner.saveCheckpoint(claim, FIRST);
  const { self } = created.head.urls;
  await expectProblem(await call('GET', `${self}/file/checkpoint`), 'resource.not_ready');
  expect(await runner.finish(claim, FILES)).toBe('succeeded');
  expect(await listDrafts(created.job.id)).toEqual([]);
  expect(await (await call('GET', self)).text()).not.toContain('checkpoint');
  await expectProblem(await runner.saveCheckpoint(claim, SECOND), 'attempt.stale');
  expect(await listDrafts(created.job.id)).toEqual([]);
});

test('a checkpoint needs its digest, and has a largest size', async () => {
  const { runner, claim } = await startAttempt();
  const path = `/runner/v1/jobs/${claim.job.job_id}/checkpoint`;
  const put = (headers: Record<string, string>) =>
    runner.call('PUT', path, { headers: { 'Attempt-Token': claim.attempt.token, ...headers }, body: FIRST });
  const digest = `sha-256=:${'A'.repeat(43)}=:`;
  await expectProblem(await put({ 'Content-Length': '15' }), 'input.invalid');
  await expectProblem(
    await put({ 'Content-Length': '15', 'Content-Digest': digest }),
    'input.digest_mismatch',
  );
  const huge = { 'Content-Length': String(CHECKPOINT_MAX_BYTES + 1), 'Content-Digest': digest };
  await expectProblem(await put(huge), 'input.too_large');
  expect((await runner.readCheckpoint(claim)).status).toBe(404);
});
