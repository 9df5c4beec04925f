import { jobs } from '../../db/schema/jobs.ts';
import type { RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { draftKey } from './drafts.ts';
import { holdsJob } from './statements.ts';

/** Bytes on their way in. */
export interface Upload {
  body: ReadableStream;
  bytes: number;
  /** Lower-case hexadecimal; the store refuses other bytes. */
  sha256: string;
}

/** Stores a file of a running attempt where only `completeJob` looks. */
export async function uploadFile(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
  name: string,
  upload: Upload,
): Promise<void> {
  const { db, objects } = ctx.deps;
  const [held] = await db.select({ attempt: jobs.attempt }).from(jobs).where(holdsJob(jobId, tokenHash));
  if (held === undefined) throw new ServiceError('attempt.stale');
  const stored = await objects.put(draftKey(jobId, held.attempt, name), upload.body, {
    contentType: 'application/octet-stream',
    sha256: upload.sha256,
  });
  if (!stored) throw new ServiceError('input.digest_mismatch');
}
