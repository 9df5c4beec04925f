import { sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { RunnerContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeProgress } from './describe-job.ts';
import { previewKey } from './drafts.ts';
import { holdsJob } from './statements.ts';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Replaces the picture of how far a job is, and shows it to whoever watches. */
export async function savePreview(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
  png: ArrayBuffer,
): Promise<void> {
  const { db, objects, doorbell } = ctx.deps;
  const signature = new Uint8Array(png.slice(0, 8));
  if (PNG_SIGNATURE.some((byte, i) => signature[i] !== byte)) {
    throw new ServiceError('input.invalid', 'A preview must be a PNG picture.');
  }
  const holds = holdsJob(jobId, tokenHash);
  const [held] = await db.select({ attempt: jobs.attempt }).from(jobs).where(holds);
  if (held === undefined) throw new ServiceError('attempt.stale');
  await objects.put(previewKey(jobId, held.attempt), png, { contentType: 'image/png' });
  const [row] = await db
    .update(jobs)
    .set({ previewCount: sql`${jobs.previewCount} + 1` })
    .where(holds)
    .returning();
  if (row === undefined) throw new ServiceError('attempt.stale');
  const progress = describeProgress(jobId, row.attempt, row.progress, row.previewCount);
  if (progress !== null) await doorbell.jobBeat(jobId, { attempt: row.attempt, progress, waitMs: 0 });
}
