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

/** When a job next ends by itself unless somebody does something: by its deadline, or with its lease. */
export function wakesAt(job: Pick<JobRow, 'status' | 'deadlineAt' | 'leaseExpiresAt'>): number | null {
  return job.status === 'queued' ? job.deadlineAt : job.leaseExpiresAt;
}
