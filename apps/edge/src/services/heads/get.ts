import type { Head } from '@headwright/shared/api/heads';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { remembered } from '../../db/remembered.ts';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { newestByName } from '../assets/newest-by-name.ts';
import { filesOfRevisionOf } from '../assets/revision-files.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { mayRead } from '../keys/rendition-reach.ts';
import { isKey, visibleHeads } from '../keys/visible.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { describeHead } from './describe-head.ts';

// D1 answers a batch with objects, in which a second column named `id` would overwrite the first.
const JOB_ID = sql<string>`${jobs.id}`.as('job_id');
const REVISION_ID = sql<string>`${revisions.id}`.as('revision_id');

/** One of the heads of which an actor may know with its current revision, and that one's files. */
const selectHead = remembered(
  (db: Database, { head, actor }: { head: { id: string }; actor: AccountActor }) =>
    [
      db
        .select({
          head: heads,
          revision: { id: REVISION_ID },
          job: { id: JOB_ID, status: jobs.status, model: jobs.model },
        })
        .from(heads)
        .innerJoin(jobs, eq(jobs.id, currentJobId(sql`heads.id`)))
        .innerJoin(revisions, eq(revisions.jobId, jobs.id))
        .where(and(eq(heads.id, head.id), visibleHeads(actor))),
      db
        .select()
        .from(assets)
        .where(
          and(
            filesOfRevisionOf(currentJobId(head.id)),
            eq(assets.accountId, actor.accountId),
            eq(assets.visibility, 'public'),
          ),
        ),
    ] as const,
  isKey,
);

/** One of the account's own heads; anybody else's does not exist. */
export async function getHead({ deps, actor }: AccountContext, headId: string): Promise<Head> {
  const [[found], files] = await deps.db.batch(selectHead(deps.db, { head: { id: headId }, actor }));
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  if (found.head.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  const readable = files.filter(({ name }) => mayRead(actor, name));
  return describeHead(found.head, found.revision, found.job, newestByName(readable));
}
