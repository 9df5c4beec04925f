import { and, eq, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { deleteDrafts } from './drafts.ts';
import { transition } from './transition.ts';

/** A runner that has not reported back by then has lost the job; five seconds are promised. */
const CANCEL_GRACE_MS = 4000;

/** Cancels a queued job at once and asks a running one to stop; one that stops already or has ended stays as it is. */
export async function stopJob(deps: Deps, jobId: string): Promise<void> {
  // A lost lease can turn a running job back into a queued one between the two tries; each turn costs it an
  // attempt, so this ends.
  for (;;) {
    const [job] = await deps.db.select({ status: jobs.status }).from(jobs).where(eq(jobs.id, jobId));
    const nowMs = deps.clock();
    if (job?.status === 'queued') {
      const canceled = await transition(deps, {
        to: 'canceled',
        where: and(eq(jobs.id, jobId), eq(jobs.status, 'queued')),
        set: { readyRank: null, finishedAt: nowMs },
      });
      if (canceled !== null) await deleteDrafts(deps, jobId);
    } else if (job?.status === 'running') {
      await transition(deps, {
        to: 'canceling',
        where: eq(jobs.id, jobId),
        set: { leaseExpiresAt: sql`min(${jobs.leaseExpiresAt}, ${nowMs + CANCEL_GRACE_MS})` },
      });
    } else {
      return;
    }
  }
}
