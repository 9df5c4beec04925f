import { CreateRevisionResponse } from '@headwright/shared/api/revisions';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';
import { type TestRunner, startTestRunner } from '../harness/runner.ts';
import { claimSteered } from '../harness/steered-runner.ts';

// The real edge and real runner processes, which carry states and checkpoints to engines that are scripted.

let edge: TestEdge;
let runner: TestRunner | null = null;

beforeAll(async () => {
  edge = await startTestEdge({ LEASE_SECONDS: '3' });
});
afterAll(() => edge.stop());
afterEach(async () => {
  await runner?.kill();
  runner = null;
});

async function untilEnded(jobId: string): Promise<string> {
  for await (const job of edge.api.followJob(jobId)) if (job.terminal) return job.status;
  throw new Error('untilEnded: the stream ended before the job');
}

test('a head is edited from its state by whichever runner comes, and keeps both revisions', async () => {
  runner = await startTestRunner(edge, 'scripted', 'maker');
  const { head, job } = await edge.api.createHead({ prompt: 'quick head', preset: 'smoke', seed: 5 });
  expect(await untilEnded(job.id)).toBe('succeeded');
  await runner.kill();

  const response = await edge.request(`/v1/heads/${head.id}/revisions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'texture', prompt: 'blue head', seed: 6 }),
  });
  expect(response.status).toBe(202);
  const { revision, job: edit } = CreateRevisionResponse.parse(await response.json());
  runner = await startTestRunner(edge, 'scripted', 'editor');
  expect(await untilEnded(edit.id)).toBe('succeeded');
  const edited = await edge.api.getHead(head.id);
  expect(edited.revision_id).toBe(revision.id);
  expect(edited.warnings).toEqual(['a scripted head', 'texture_edit of state of quick head']);
  expect(edited.files.map(({ name }) => name)).toEqual(['head.glb', 'views/front.png']);
  expect(Buffer.from(await edge.api.download(edited.files[0])).toString()).toBe('glb of blue head 6');
  const first = await edge.request(`/v1/heads/${head.id}/file/head.glb?revision=${revision.parent_id}`);
  expect(await first.text()).toBe('glb of quick head 5');
});

test('a runner that replaces one that died goes on from its checkpoint', async () => {
  const { head, job } = await edge.api.createHead({ prompt: 'quick heir', preset: 'smoke', seed: 5 });
  const doomed = await claimSteered(edge, 'smoke');
  await doomed.saveCheckpoint(Buffer.from('step 100'));
  runner = await startTestRunner(edge, 'scripted', 'heir');
  expect(await untilEnded(job.id)).toBe('succeeded');
  expect((await edge.api.getHead(head.id)).warnings).toEqual(['a scripted head', 'resumed step 100']);
});
