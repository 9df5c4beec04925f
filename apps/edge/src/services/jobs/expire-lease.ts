import { and, eq, lte } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { endAttempt } from './end-attempt.ts';
import { holdsJob } from './statements.ts';

/** Ends the attempt of a runner that has gone silent. Returns when to look again, null when no lease is running. */
export async function expireLease(deps: Deps, jobId: string): Promise<number | null> {
  const nowMs = deps.clock();
  const [job] = await deps.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (job?.leaseExpiresAt == null || job.tokenHash === null) return null;
  if (job.leaseExpiresAt > nowMs) return job.leaseExpiresAt;
  // A heartbeat that comes between reading and writing saves the attempt.
  const guard = and(holdsJob(jobId, job.tokenHash), lte(jobs.leaseExpiresAt, nowMs));
  const row = await endAttempt(deps, job, guard, {
    counts: true,
    blamesCheckpoint: false,
    final: null,
  });
  if (row === null) return nowMs + deps.config.leaseMs;
  deps.log.info('lease expired', { jobId, attempt: job.attempt, runner: job.runner });
  return null;
}
