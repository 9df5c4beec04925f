import { DEADLINE_DEFAULT_SECONDS } from '@headwright/shared/limits';
import type { JobRow } from '../../db/schema/jobs.ts';
import type { LaneChoice } from './choose-lane.ts';

/** When a job that is accepted now expires unless a runner has begun it. */
export function deadlineOf(
  nowMs: number,
  deadlineSeconds: number | undefined,
  { waitMs }: LaneChoice,
): number {
  const askedMs = (deadlineSeconds ?? DEADLINE_DEFAULT_SECONDS) * 1000;
  return nowMs + Math.min(askedMs, waitMs ?? askedMs);
}

/** When a job's own room has to look at it: at its deadline, or when its runner should have let go. Leases are the pool's. */
export function wakesAt(job: Pick<JobRow, 'status' | 'deadlineAt' | 'leaseExpiresAt'>): number | null {
  if (job.status === 'queued') return job.deadlineAt;
  return job.status === 'canceling' ? job.leaseExpiresAt : null;
}
