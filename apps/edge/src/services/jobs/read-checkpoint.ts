import { jobs } from '../../db/schema/jobs.ts';
import type { RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import type { PrivateFile } from './read-base.ts';
import { holdsJob } from './statements.ts';

/** The newest checkpoint of a running job. */
export async function readCheckpoint(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
): Promise<PrivateFile> {
  const { db, objects } = ctx.deps;
  const [held] = await db
    .select({ checkpoint: jobs.checkpoint })
    .from(jobs)
    .where(holdsJob(jobId, tokenHash));
  if (held === undefined) throw new ServiceError('attempt.stale');
  // The store forgets what lies under tmp/ for too long, and the row does not hear of it.
  const body = held.checkpoint === null ? null : await objects.read(held.checkpoint.key);
  if (held.checkpoint === null || body === null) {
    throw new ServiceError('resource.not_found', 'The job has no checkpoint.');
  }
  return { bytes: held.checkpoint.bytes, body };
}
