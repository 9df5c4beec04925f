import type { Head } from '@headwright/shared/api/heads';
import { and, eq, sql } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { newestByName } from '../assets/newest-by-name.ts';
import { filesOfRevisionOf } from '../assets/revision-files.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { mayRead } from '../keys/rendition-reach.ts';
import { visibleHeads } from '../keys/visible.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { describeHead } from './describe-head.ts';

// D1 answers a batch with objects, in which a second column named `id` would overwrite the first.
const JOB_ID = sql<string>`${jobs.id}`.as('job_id');
const REVISION_ID = sql<string>`${revisions.id}`.as('revision_id');

/** One of the account's own heads; anybody else's does not exist. */
export async function getHead(ctx: AccountContext, headId: string): Promise<Head> {
  const { db } = ctx.deps;
  const mine = and(eq(heads.id, headId), visibleHeads(ctx.actor));
  const [[found], files] = await db.batch([
    db
      .select({
        head: heads,
        revision: { id: REVISION_ID },
        job: { id: JOB_ID, status: jobs.status, model: jobs.model },
      })
      .from(heads)
      .innerJoin(jobs, eq(jobs.id, currentJobId(sql`heads.id`)))
      .innerJoin(revisions, eq(revisions.jobId, jobs.id))
      .where(mine),
    db
      .select()
      .from(assets)
      .where(
        and(
          filesOfRevisionOf(currentJobId(headId)),
          eq(assets.accountId, ctx.actor.accountId),
          eq(assets.visibility, 'public'),
        ),
      ),
  ]);
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  if (found.head.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  const readable = files.filter(({ name }) => mayRead(ctx.actor, name));
  return describeHead(found.head, found.revision, found.job, newestByName(readable));
}
