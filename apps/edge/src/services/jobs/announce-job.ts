import type { events } from '../../db/schema/events.ts';
import type { JobRow } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { wakesAt } from './deadline.ts';
import { describeHistory } from './describe-job.ts';

/** Deadlines that are nearer than this get an alarm of their own; the sweep sees to the others. */
const NEAR_MS = 600_000;

/** Rings for a job that has just been accepted. */
export async function announceJob(
  { doorbell, clock }: Deps,
  job: JobRow,
  history: (typeof events.$inferSelect)[],
): Promise<void> {
  const wakesAtMs = wakesAt(job);
  const isNear = wakesAtMs !== null && wakesAtMs < clock() + NEAR_MS;
  // Nobody can be in the job's room yet: without an alarm to set, it learns the history from the first who enters.
  await Promise.all([
    job.pool === null ? undefined : doorbell.poolReady(job.pool),
    isNear ? doorbell.jobChanged(job.id, { history: describeHistory(job, history), wakesAtMs }) : undefined,
  ]);
}
