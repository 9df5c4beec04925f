import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { assets } from '../../db/schema/assets.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleHeads } from '../keys/visible.ts';
import { describeRevision } from './describe-revision.ts';

/** A page of the revisions of one of the account's own heads, newest first. */
export async function listRevisions(
  ctx: AccountContext,
  headId: string,
  query: RevisionListQuery,
): Promise<RevisionList> {
  const { db } = ctx.deps;
  const mine = and(eq(heads.id, headId), visibleHeads(ctx.actor));
  const [head] = await db.select({ deletedAt: heads.deletedAt }).from(heads).where(mine);
  if (head === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  if (head.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  const after = query.starting_after;
  const found = await db
    .select({ revision: revisions, status: jobs.status })
    .from(revisions)
    .innerJoin(jobs, eq(jobs.id, revisions.jobId))
    .where(and(eq(revisions.headId, headId), after === undefined ? undefined : lt(revisions.id, after)))
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
        files.filter((file) => file.jobId === revision.jobId),
      ),
    ),
    has_more: found.length > page.length,
  };
}
