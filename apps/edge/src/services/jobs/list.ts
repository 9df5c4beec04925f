import type { JobList, JobListQuery } from '@headwright/shared/api/jobs';
import { and, desc, eq, lt } from 'drizzle-orm';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { createdBetween } from '../created-between.ts';
import { visibleJobs } from '../keys/visible.ts';
import { describeJob } from './describe-job.ts';
import { OUTLOOK } from './outlook.ts';

/** A page of the account's own jobs, newest first. */
export async function listJobs(ctx: AccountContext, query: JobListQuery): Promise<JobList> {
  const found = await ctx.deps.db
    .select({ job: jobs, outlook: OUTLOOK })
    .from(jobs)
    .where(
      and(
        visibleJobs(ctx.actor),
        query.starting_after && lt(jobs.id, query.starting_after),
        query.status && eq(jobs.status, query.status),
        query.kind && eq(jobs.kind, query.kind),
        query.head_id && eq(jobs.headId, query.head_id),
        createdBetween(jobs.createdAt, query),
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  return {
    object: 'list',
    data: page.map(({ job, outlook }) => describeJob(job, outlook)),
    has_more: found.length > page.length,
  };
}
