import { and, eq, lte } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { problemOf } from '../problem-of.ts';
import { deleteDrafts } from './drafts.ts';
import { transition } from './transition.ts';

/** Ends a job that still waits for a runner at its deadline. Returns when to look again, null when there is nothing to wait for. */
export async function expireDeadline(deps: Deps, jobId: string): Promise<number | null> {
  const nowMs = deps.clock();
  const [job] = await deps.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (job?.status !== 'queued' || job.deadlineAt === null) return null;
  if (job.deadlineAt > nowMs) return job.deadlineAt;
  const expired = await transition(deps, {
    to: 'expired',
    where: and(eq(jobs.id, jobId), eq(jobs.status, 'queued'), lte(jobs.deadlineAt, nowMs)),
    set: {
      readyRank: null,
      finishedAt: nowMs,
      error: problemOf('job.expired', 'No runner had begun the job by its deadline. It costs nothing.'),
    },
  });
  // A job that was begun before can have drafts of that attempt.
  if (expired !== null) await deleteDrafts(deps, jobId);
  return null;
}
