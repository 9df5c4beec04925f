import { jobs } from '../../db/schema/jobs.ts';
import type { RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { findBase } from './find-base.ts';
import { holdsJob } from './statements.ts';

/** A private file on its way to the attempt that may read it. */
export interface PrivateFile {
  bytes: number;
  body: ReadableStream;
}

/** The state that a running edit or export starts from; only its own attempt can read it. */
export async function readBaseState(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
): Promise<PrivateFile> {
  const { db, objects } = ctx.deps;
  const [held] = await db.select({ kind: jobs.kind }).from(jobs).where(holdsJob(jobId, tokenHash));
  if (held === undefined) throw new ServiceError('attempt.stale');
  if (held.kind === 'head') throw new ServiceError('resource.not_found', 'A new head has no base.');
  const state = await findBase(ctx.deps, jobId);
  const body = await objects.read(state.objectKey);
  if (body === null) throw new Error(`readBaseState: asset ${state.id} has no object`);
  return { bytes: state.bytes, body };
}
