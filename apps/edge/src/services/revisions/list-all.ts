import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
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
  const jobIds = page.map(({ revision }) => revision.jobId);
  const files = await db
    .select()
    .from(assets)
    .where(and(inArray(assets.jobId, jobIds), eq(assets.visibility, 'public')))
    .orderBy(assets.name);
  return {
    object: 'list',
    data: page.map(({ revision, status }) =>
      describeRevision(
        revision,
        status,
        files.filter(({ jobId }) => jobId === revision.jobId),
      ),
    ),
    has_more: found.length > page.length,
  };
}
