import type { Job } from '@headwright/shared/api/jobs';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { remembered } from '../../db/remembered.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { isKey, visibleJobs } from '../keys/visible.ts';
import { describeJob } from './describe-job.ts';
import { OUTLOOK } from './outlook.ts';

/** One of the jobs of which an actor may know, with its outlook. */
export const selectJob = remembered(
  (db: Database, { job, actor }: { job: { id: string }; actor: AccountActor }) =>
    [
      db
        .select({ job: jobs, outlook: OUTLOOK })
        .from(jobs)
        .where(and(eq(jobs.id, job.id), visibleJobs(actor))),
    ] as const,
  isKey,
);

/** One of the account's own jobs; anybody else's does not exist. */
export async function getJob({ deps, actor }: AccountContext, jobId: string): Promise<Job> {
  const [[found]] = await deps.db.batch(selectJob(deps.db, { job: { id: jobId }, actor }));
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  return describeJob(found.job, found.outlook);
}
