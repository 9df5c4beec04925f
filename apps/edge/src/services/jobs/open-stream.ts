import { and, eq } from 'drizzle-orm';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleJobs } from '../keys/visible.ts';
import { describeHistory, describeJob } from './describe-job.ts';
import { OUTLOOK } from './outlook.ts';

/** A job's event stream. All that it takes from the database it takes here, before the first byte. */
export async function openStream(
  ctx: AccountContext,
  jobId: string,
  after: number | null,
): Promise<ReadableStream> {
  const { db, doorbell } = ctx.deps;
  const mine = and(eq(jobs.id, jobId), visibleJobs(ctx.actor));
  const [[found], history] = await db.batch([
    db.select({ job: jobs, outlook: OUTLOOK }).from(jobs).where(mine),
    db
      .select()
      .from(events)
      .where(and(eq(events.jobId, jobId), eq(events.accountId, ctx.actor.accountId)))
      .orderBy(events.sequence),
  ]);
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such job.');
  return doorbell.openStream(jobId, {
    snapshot: { sequence: found.job.sequence, job: describeJob(found.job, found.outlook) },
    history: describeHistory(found.job, history),
    // A number that was never given out must not hide the transitions up to it.
    after: after === null ? null : Math.min(after, found.job.sequence),
  });
}
