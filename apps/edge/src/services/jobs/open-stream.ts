import { and, eq } from 'drizzle-orm';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleJobs } from '../keys/visible.ts';
import { selectJob } from './get.ts';
import { describeHistory, describeJob } from './describe-job.ts';

/** A job's event stream. All that it takes from the database it takes here, before the first byte. */
export async function openStream(
  ctx: AccountContext,
  jobId: string,
  after: number | null,
): Promise<ReadableStream> {
  const { db, doorbell } = ctx.deps;
  const { actor } = ctx;
  const [, [found], history] = await db.batch([
    // In the batch that reads, so that each change from here on either is read or rings.
    db
      .update(jobs)
      .set({ isWatched: true })
      .where(and(eq(jobs.id, jobId), visibleJobs(actor), eq(jobs.isWatched, false))),
    ...selectJob(db, { job: { id: jobId }, actor }),
    db
      .select()
      .from(events)
      .where(and(eq(events.jobId, jobId), eq(events.accountId, actor.accountId)))
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
