import { jobs } from '../../db/schema/jobs.ts';
import type { Deps, RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { tellError } from '../tell-error.ts';
import { checkpointKey } from './drafts.ts';
import { holdsJob } from './statements.ts';
import type { Upload } from './upload.ts';

/** Replaces what the next attempt shall go on from. The row names the bytes, so a late upload changes nothing. */
export async function saveCheckpoint(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
  upload: Upload,
): Promise<void> {
  const { db, objects } = ctx.deps;
  const holds = holdsJob(jobId, tokenHash);
  const [held] = await db
    .select({ attempt: jobs.attempt, checkpoint: jobs.checkpoint })
    .from(jobs)
    .where(holds);
  if (held === undefined) throw new ServiceError('attempt.stale');
  const { body, bytes, sha256 } = upload;
  const key = checkpointKey(jobId, held.attempt, sha256);
  const stored = await objects.put(key, body, { contentType: 'application/octet-stream', sha256 });
  if (!stored) throw new ServiceError('input.digest_mismatch');
  const [row] = await db
    .update(jobs)
    .set({ checkpoint: { key, bytes, sha256, attempt: held.attempt } })
    .where(holds)
    .returning({ id: jobs.id });
  // What was just stored is found by nobody and goes with the job's other drafts.
  if (row === undefined) throw new ServiceError('attempt.stale');
  const before = held.checkpoint?.key;
  if (before !== undefined && before !== key) await forget(ctx.deps, before);
}

/** A checkpoint that stays too long costs space until the job ends: no reason to fail. */
async function forget(deps: Deps, key: string): Promise<void> {
  try {
    await deps.objects.deletePrefix(key);
  } catch (error) {
    deps.log.error('a replaced checkpoint was not deleted', { key, error: tellError(error) });
  }
}
