import type { Job } from '@headwright/shared/api/jobs';
import { and, eq } from 'drizzle-orm';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { visibleJobs } from '../keys/visible.ts';
import { describeHistory } from './describe-job.ts';
import { getJob } from './get.ts';

/** One of the account's own jobs, once it has ended or after so many seconds. */
export async function waitForJob(ctx: AccountContext, jobId: string, waitSeconds: number): Promise<Job> {
  const { db, doorbell } = ctx.deps;
  const job = await getJob(ctx, jobId);
  if (waitSeconds === 0 || job.terminal) return job;
  const [[row], history] = await db.batch([
    db
      .select()
      .from(jobs)
      .where(and(eq(jobs.id, jobId), visibleJobs(ctx.actor))),
    db.select().from(events).where(eq(events.jobId, jobId)).orderBy(events.sequence),
  ]);
  if (row !== undefined) await doorbell.jobEnded(jobId, describeHistory(row, history), waitSeconds * 1000);
  return getJob(ctx, jobId);
}
