import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, desc, eq, lt, type SQL } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { listPublicFiles } from '../assets/list-public-files.ts';
import type { AccountContext } from '../context.ts';
import { describeRevision } from './describe-revision.ts';

/** A page of revisions, newest first; `where` may name their `heads`. */
export async function readRevisionPage(
  ctx: AccountContext,
  { starting_after: after, limit }: RevisionListQuery,
  where: SQL | undefined,
): Promise<RevisionList> {
  const found = await ctx.deps.db
    .select({ revision: revisions, job: { status: jobs.status, model: jobs.model } })
    .from(revisions)
    .innerJoin(jobs, eq(jobs.id, revisions.jobId))
    .innerJoin(heads, eq(heads.id, revisions.headId))
    .where(and(where, after && lt(revisions.id, after)))
    .orderBy(desc(revisions.id))
    .limit(limit + 1);
  const page = found.slice(0, limit);
  const filesOf = await listPublicFiles(
    ctx,
    page.map(({ revision }) => revision.jobId),
  );
  return {
    object: 'list',
    data: page.map(({ revision, job }) => describeRevision(revision, job, filesOf(revision.jobId))),
    has_more: found.length > page.length,
  };
}
