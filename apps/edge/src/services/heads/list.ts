import type { HeadList, HeadListQuery } from '@headwright/shared/api/heads';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { listPublicFiles } from '../assets/list-public-files.ts';
import type { AccountContext } from '../context.ts';
import { createdBetween } from '../created-between.ts';
import { visibleHeads } from '../keys/visible.ts';
import { currentJobId } from '../revisions/current-job-id.ts';
import { describeHead } from './describe-head.ts';

/** A page of the account's own heads, newest first, without deleted ones. */
export async function listHeads(ctx: AccountContext, query: HeadListQuery): Promise<HeadList> {
  const { db } = ctx.deps;
  const found = await db
    .select({
      head: heads,
      revision: { id: revisions.id },
      job: { id: jobs.id, status: jobs.status, model: jobs.model },
    })
    .from(heads)
    .innerJoin(jobs, eq(jobs.id, currentJobId(sql`heads.id`)))
    .innerJoin(revisions, eq(revisions.jobId, jobs.id))
    .where(
      and(
        visibleHeads(ctx.actor),
        isNull(heads.deletedAt),
        query.starting_after && lt(heads.id, query.starting_after),
        query.status && eq(jobs.status, query.status),
        query.end_user === undefined ? undefined : eq(heads.endUser, query.end_user),
        createdBetween(heads.createdAt, query),
      ),
    )
    .orderBy(desc(heads.id))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const filesOf = await listPublicFiles(
    ctx,
    page.map(({ job }) => job.id),
  );
  return {
    object: 'list',
    data: page.map(({ head, revision, job }) => describeHead(head, revision, job, filesOf(job.id))),
    has_more: found.length > page.length,
  };
}
