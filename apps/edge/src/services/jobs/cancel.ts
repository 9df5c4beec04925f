import type { Job } from '@headwright/shared/api/jobs';
import type { AccountContext } from '../context.ts';
import { getJob } from './get.ts';
import { stopJob } from './stop-job.ts';

/** Cancels one of the account's own jobs; a job that has ended stays as it is. */
export async function cancelJob(ctx: AccountContext, jobId: string): Promise<Job> {
  const job = await getJob(ctx, jobId);
  if (job.terminal || job.status === 'canceling') return job;
  await stopJob(ctx.deps, jobId);
  return getJob(ctx, jobId);
}
