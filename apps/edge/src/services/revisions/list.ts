import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, desc, eq, lt } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { listPublicFiles } from '../assets/list-public-files.ts';
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
