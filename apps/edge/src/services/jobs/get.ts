import type { Job } from '@headwright/shared/api/jobs';
import { and, eq } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleJobs } from '../keys/visible.ts';
import { describeJob } from './describe-job.ts';
import { OUTLOOK } from './outlook.ts';

/** One of the account's own jobs; anybody else's does not exist. */
export async function getJob(ctx: AccountContext, jobId: string): Promise<Job> {
  const [found] = await ctx.deps.db
    .select({ job: jobs, outlook: OUTLOOK })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), visibleJobs(ctx.actor)));
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  return describeJob(found.job, found.outlook);
}
