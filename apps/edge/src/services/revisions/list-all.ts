import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { listPublicFiles } from '../assets/list-public-files.ts';
import type { AccountContext } from '../context.ts';
import { visibleHeads } from '../keys/visible.ts';
import { describeRevision } from './describe-revision.ts';

/** A page of the revisions of all heads of an account, newest first, without those of deleted heads. */
export async function listAllRevisions(ctx: AccountContext, query: RevisionListQuery): Promise<RevisionList> {
  const { db } = ctx.deps;
  const found = await db
    .select({ revision: revisions, status: jobs.status })
    .from(revisions)
    .innerJoin(jobs, eq(jobs.id, revisions.jobId))
    .innerJoin(heads, eq(heads.id, revisions.headId))
    .where(
      and(
        visibleHeads(ctx.actor),
        isNull(heads.deletedAt),
        query.starting_after && lt(revisions.id, query.starting_after),
      ),
    )
    .orderBy(desc(revisions.id))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const filesOf = await listPublicFiles(
    db,
    page.map(({ revision }) => revision.jobId),
  );
  return {
    object: 'list',
    data: page.map(({ revision, status }) => describeRevision(revision, status, filesOf(revision.jobId))),
    has_more: found.length > page.length,
  };
}
