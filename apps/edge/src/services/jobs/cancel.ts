import type { Job } from '@headwright/shared/api/jobs';
import { and, eq } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { visibleJobs } from '../keys/visible.ts';
import { getJob } from './get.ts';
import { deleteDrafts } from './drafts.ts';
import { transition } from './transition.ts';

/** Cancels a queued job at once and asks a running one to stop; a job that has ended stays as it is. */
export async function cancelJob(ctx: AccountContext, jobId: string): Promise<Job> {
  const { deps, actor } = ctx;
  const mine = and(eq(jobs.id, jobId), visibleJobs(actor));
  // A lost lease can turn a running job back into a queued one between the two tries; each turn costs it an
  // attempt, so this ends.
  for (;;) {
    const job = await getJob(ctx, jobId);
    if (job.status === 'queued') {
      const set = { readyRank: null, finishedAt: deps.clock() };
      const canceled = await transition(deps, {
        to: 'canceled',
        where: and(mine, eq(jobs.status, 'queued')),
        set,
      });
      if (canceled !== null) await deleteDrafts(deps, jobId);
    } else if (job.status === 'running') {
      await transition(deps, { to: 'canceling', where: mine, set: {} });
    } else {
      return job;
    }
  }
}
