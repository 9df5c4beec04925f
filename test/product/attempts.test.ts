import type { CreateHeadResponse, Head } from '@headwright/shared/api/heads';
import type { Job } from '@headwright/shared/api/jobs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';
import { openGate } from '../harness/gates.ts';
import { type TestRunner, isRunning, startTestRunner } from '../harness/runner.ts';
import { waitFor } from '../harness/wait-for.ts';

// The real edge and real runner processes; the engine is scripted, so that accidents hit it where they should.

let edge: TestEdge;
const runners: TestRunner[] = [];

beforeAll(async () => {
  edge = await startTestEdge({ LEASE_SECONDS: '3' });
});
afterAll(() => edge.stop());
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.kill()));
});

async function startRunner(name: string): Promise<TestRunner> {
  const runner = await startTestRunner(edge, 'scripted', name);
  runners.push(runner);
  return runner;
}

function create(prompt: string): Promise<CreateHeadResponse> {
  return edge.api.createHead({ prompt, preset: 'smoke', seed: 5 });
}

/** Waits until the attempt of that number has reported a step, so that it is in the middle of its work. */
async function untilWorking(id: string, attempt: number): Promise<void> {
  await waitFor(`attempt ${attempt} to work`, async () => {
    const job = await edge.api.getJob(id);
    if (job.terminal) throw new Error(`untilWorking: the job has ended as ${job.status}`);
    return job.attempt === attempt && (job.progress?.step ?? 0) > 0;
  });
}

/** Follows a job to its end and looks at the head all the while: no file may show before the job has succeeded. */
async function follow({ head, job }: CreateHeadResponse): Promise<{ snapshots: Job[]; head: Head }> {
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      const seen = await edge.api.getHead(head.id);
      if (seen.status !== 'succeeded') expect(seen.files).toEqual([]);
    }
  })();
  const snapshots: Job[] = [];
  for await (const snapshot of edge.api.followJob(job.id)) snapshots.push(snapshot);
  isOver = true;
  await watch;
  return { snapshots, head: await edge.api.getHead(head.id) };
}

/** The job succeeded exactly once, with every file complete. */
async function expectOneSuccess(
  followed: { snapshots: Job[]; head: Head },
  attempt: number,
  prompt: string,
): Promise<void> {
  const ends = followed.snapshots.filter((job) => job.status === 'succeeded');
  expect(ends).toHaveLength(1);
  expect(ends[0]).toMatchObject({ attempt, terminal: true, error: null });
  expect(followed.head.files.map(({ name }) => name).toSorted()).toEqual(['head.glb', 'views/front.png']);
  for (const file of followed.head.files) await edge.api.download(file); // checks the digest
  const glb = followed.head.files.find(({ name }) => name === 'head.glb');
  if (glb === undefined) throw new Error('expected head.glb');
  expect(Buffer.from(await edge.api.download(glb)).toString()).toBe(`glb of ${prompt} 5`);
  // Behind it stands where the attempt went on, if the one before it got a checkpoint out.
  expect(followed.head.warnings[0]).toBe('a scripted head');
}

describe('a job survives', () => {
  test('kill -9 of the engine: the same runner makes the head at the second attempt', async () => {
    const runner = await startRunner('engine-killed');
    const created = await create('gated engine-killed');
    const followed = follow(created);
    await untilWorking(created.job.id, 1);
    process.kill(runner.enginePid(), 'SIGKILL');
    openGate(edge.directory, 'engine-killed', 2);
    await expectOneSuccess(await followed, 2, 'gated engine-killed');
  });

  test('kill -9 of the runner: its engine ends too, and another runner makes the head when the lease is over', async () => {
    const doomed = await startRunner('doomed');
    const created = await create('gated runner-killed');
    const followed = follow(created);
    await untilWorking(created.job.id, 1);
    const enginePid = doomed.enginePid();
    process.kill(doomed.pid, 'SIGKILL');
    await waitFor('the engine to follow its runner', () => !isRunning(enginePid));
    openGate(edge.directory, 'runner-killed', 2);
    await startRunner('heir');
    await expectOneSuccess(await followed, 2, 'gated runner-killed');
  });

  test('a runner that is stopped beyond its lease: what it says on waking changes nothing', async () => {
    const sleeper = await startRunner('sleeper');
    const created = await create('gated runner-stopped');
    const followed = follow(created);
    await untilWorking(created.job.id, 1);
    process.kill(sleeper.pid, 'SIGSTOP');
    await startRunner('heir');
    await untilWorking(created.job.id, 2);
    // Only the runner sleeps: its engine finishes, so that it wakes with a head to upload.
    openGate(edge.directory, 'runner-stopped', 1);
    process.kill(sleeper.pid, 'SIGCONT');
    await waitFor('the sleeper to drop the job', () => /attempt 1: (?!started)/.test(sleeper.output()));
    expect(sleeper.output()).toMatch(/attempt 1: (stale|lost)/);
    expect(await edge.api.getJob(created.job.id)).toMatchObject({ status: 'running', attempt: 2 });
    openGate(edge.directory, 'runner-stopped', 2);
    await expectOneSuccess(await followed, 2, 'gated runner-stopped');
  });

  test('SIGTERM of the runner: it ends within two seconds and hands the job back', async () => {
    const leaver = await startRunner('leaver');
    const created = await create('gated runner-ended');
    const followed = follow(created);
    await untilWorking(created.job.id, 1);
    leaver.child.kill('SIGTERM');
    await waitFor('the runner to end', () => leaver.child.exitCode !== null, 2_500);
    expect((await edge.api.getJob(created.job.id)).status).toBe('queued');
    openGate(edge.directory, 'runner-ended', 2);
    await startRunner('heir');
    await expectOneSuccess(await followed, 2, 'gated runner-ended');
  });
});

describe('a job ends', () => {
  test('as failed after three attempts, with the reason', async () => {
    await startRunner('unlucky');
    const { snapshots, head } = await follow(await create('broken head'));
    const last = snapshots.at(-1);
    expect(last).toMatchObject({ status: 'failed', attempt: 3, terminal: true });
    expect(last?.error).toMatchObject({ code: 'job.max_attempts' });
    expect(head.files).toEqual([]);
  });

  test('as canceled within seconds, even while the engine blocks its thread', async () => {
    const runner = await startRunner('canceled');
    const created = await create('stuck head');
    const followed = follow(created);
    await waitFor('the job to run', async () => (await edge.api.getJob(created.job.id)).status === 'running');
    await waitFor(
      'the engine to begin',
      async () => (await edge.api.getJob(created.job.id)).progress !== null,
    );
    const enginePid = runner.enginePid();
    await edge.api.cancelJob(created.job.id);
    await waitFor('the engine to end', () => !isRunning(enginePid), 5_000);
    const { snapshots, head } = await followed;
    expect(snapshots.at(-1)?.status).toBe('canceled');
    expect(head.files).toEqual([]);
    // The runner is free again.
    await expectOneSuccess(await follow(await create('quick head')), 1, 'quick head');
  });

  test('as canceled when its runner is gone: a blocked engine ends with the runner, the job with the lease', async () => {
    const runner = await startRunner('gone');
    const created = await create('stuck head');
    await waitFor(
      'the engine to begin',
      async () => (await edge.api.getJob(created.job.id)).progress !== null,
    );
    const enginePid = runner.enginePid();
    process.kill(runner.pid, 'SIGKILL');
    await waitFor('the engine to end', () => !isRunning(enginePid), 5_000);
    await edge.api.cancelJob(created.job.id);
    const { snapshots } = await follow(created);
    expect(snapshots.at(-1)).toMatchObject({ status: 'canceled', attempt: 1 });
  });

  test('as canceled at once while it waits', async () => {
    const created = await create('waiting head');
    expect((await edge.api.cancelJob(created.job.id)).status).toBe('canceled');
    expect((await edge.api.cancelJob(created.job.id)).status).toBe('canceled');
  });
});
