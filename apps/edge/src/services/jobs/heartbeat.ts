import type { HeartbeatRequest } from '@headwright/shared/runner/protocol';
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Verdict } from '../../ports/doorbell/interface.ts';
import type { RunnerContext } from '../context.ts';
import { describeProgress } from './describe-job.ts';
import { holdsJob } from './statements.ts';

/** Progress reaches the database at most this often; streams get all of it. */
const STORE_EVERY_MS = 1000;

/** Extends the lease, takes progress in, and says whether to go on; holds on up to `wait_s` unless the job is canceled. */
export async function heartbeat(
  ctx: RunnerContext,
  jobId: string,
  tokenHash: string,
  request: HeartbeatRequest,
): Promise<Verdict> {
  const { db, clock, config, doorbell } = ctx.deps;
  const nowMs = clock();
  const holds = holdsJob(jobId, tokenHash);
  const storeEveryMs = Math.min(STORE_EVERY_MS, config.leaseMs / 4);
  const [, [job]] = await db.batch([
    db
      .update(jobs)
      .set({
        // Never beyond the attempt's own limit; a canceled one gets no more time at all.
        leaseExpiresAt: sql`case when status = 'canceling' then lease_expires_at
          else min(${nowMs + config.leaseMs}, coalesce(attempt_ends_at, ${nowMs + config.leaseMs})) end`,
        progressAt: nowMs,
        ...(request.progress === null ? {} : { progress: request.progress }),
      })
      .where(and(holds, or(isNull(jobs.progressAt), lte(jobs.progressAt, nowMs - storeEveryMs)))),
    db
      .select({ status: jobs.status, attempt: jobs.attempt, previewCount: jobs.previewCount })
      .from(jobs)
      .where(and(holds, eq(jobs.id, jobId))),
  ]);
  if (job === undefined) return 'stale';
  // The answer has to be back well before the lease that this very heartbeat extended runs out.
  const waitMs = job.status === 'canceling' ? 0 : Math.min(request.wait_s * 1000, config.leaseMs / 3);
  const progress = describeProgress(jobId, job.attempt, request.progress, job.previewCount);
  const verdict = await doorbell.jobBeat(jobId, { attempt: job.attempt, progress, waitMs });
  return job.status === 'canceling' ? 'cancel' : verdict;
}
