import type { Job } from '@headwright/shared/api/jobs';
import { and, eq } from 'drizzle-orm';
import { events } from '../../db/schema/events.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleJobs } from '../keys/visible.ts';
import { describeHistory } from './describe-job.ts';

/** A job as it was when it was accepted, with what it was accepted for. */
interface Acceptance {
  job: Job;
  head: typeof heads.$inferSelect;
  revision: typeof revisions.$inferSelect;
}

/** Rebuilds what an accepted request was told. */
export async function readAcceptance(ctx: AccountContext, jobId: string): Promise<Acceptance> {
  const [job, [[head], [revision]]] = await Promise.all([
    readAcceptedJob(ctx, jobId),
    ctx.deps.db.batch([
      ctx.deps.db
        .select()
        .from(heads)
        .where(eq(heads.id, headOf(ctx, jobId))),
      ctx.deps.db.select().from(revisions).where(eq(revisions.jobId, jobId)),
    ]),
  ]);
  if (head === undefined || revision === undefined) {
    throw new ServiceError('resource.not_found', 'There is no such job.');
  }
  return { job, head, revision };
}

/** A job of any kind as it was when it was accepted. */
export async function readAcceptedJob(ctx: AccountContext, jobId: string): Promise<Job> {
  const [[row], history] = await ctx.deps.db.batch([
    ctx.deps.db
      .select()
      .from(jobs)
      .where(and(eq(jobs.id, jobId), visibleJobs(ctx.actor))),
    ctx.deps.db
      .select()
      .from(events)
      .where(and(eq(events.jobId, jobId), eq(events.sequence, 1))),
  ]);
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  const [first] = describeHistory(row, history);
  if (first === undefined) throw new Error(`readAcceptedJob: job ${jobId} has no first event`);
  return first.job;
}

const headOf = ({ deps }: AccountContext, jobId: string) =>
  deps.db.select({ id: jobs.headId }).from(jobs).where(eq(jobs.id, jobId));
