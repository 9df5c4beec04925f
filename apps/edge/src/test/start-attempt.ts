import { Job } from '@headwright/shared/api/jobs';
import type { JobStatus } from '@headwright/shared/job-state';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { events } from '../db/schema/events.ts';
import { SCHEDULE } from '../scheduled/index.ts';
import { bindings } from './bindings.ts';
import { type Client, makeClient } from './client.ts';
import { createJob } from './create-job.ts';
import { deps, makeAccount, makeClock, makeEdge } from './factories.ts';
import { type Claim, type DraftFile, type FakeRunner, makeFakeRunner } from './fake-runner.ts';

export const GLB: DraftFile = {
  name: 'head.glb',
  contentType: 'model/gltf-binary',
  bytes: Uint8Array.of(1, 2, 3),
};
export const FILES: DraftFile[] = [GLB];

/** The first bytes of every PNG, and one more. */
export const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);

/** A job as its owner sees it. */
export const readJob = async (call: Client, path: string) =>
  Job.parse(await (await call('GET', path)).json());

export async function claimOrThrow(runner: FakeRunner): Promise<Claim> {
  const claim = await runner.claim();
  if (claim === null) throw new Error('expected a claim');
  return claim;
}

/** An account, a runner, and a job that it holds, all on a clock that the test moves. */
export async function startAttempt() {
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
export async function history(jobId: string): Promise<JobStatus[]> {
  const rows = await deps.db.select().from(events).where(eq(events.jobId, jobId)).orderBy(events.sequence);
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, i) => i + 1));
  return rows.map(({ snapshot }) => snapshot.status);
}

/** Every write of the protocol with this attempt's token. */
export async function writeEverything(runner: FakeRunner, claim: Claim): Promise<Response[]> {
  return [
    await runner.preview(claim, PNG),
    await runner.upload(claim, { name: 'other.glb', contentType: 'x', bytes: Uint8Array.of(9) }),
    await runner.saveCheckpoint(claim, Uint8Array.of(9)),
    await runner.complete(claim, FILES),
    await runner.fail(claim, 'engine_failed', false),
    await runner.fail(claim, 'canceled'),
    await runner.fail(claim, 'shutdown'),
  ];
}

export const listDrafts = async (jobId: string) =>
  (await bindings.FILES.list({ prefix: `tmp/${jobId}/` })).objects.map(({ key }) => key);
