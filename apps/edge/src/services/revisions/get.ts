import type { Revision } from '@headwright/shared/api/revisions';
import { and, eq } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { listPublicFiles } from '../assets/list-public-files.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleHeads } from '../keys/visible.ts';
import { describeRevision } from './describe-revision.ts';

/** One revision of one of the account's own heads; anybody else's does not exist. */
export async function getRevision(
  ctx: AccountContext,
  headId: string,
  revisionId: string,
): Promise<Revision> {
  const { db } = ctx.deps;
  const [found] = await db
    .select({
      revision: revisions,
      job: { status: jobs.status, model: jobs.model },
      deletedAt: heads.deletedAt,
    })
    .from(revisions)
    .innerJoin(jobs, eq(jobs.id, revisions.jobId))
    .innerJoin(heads, eq(heads.id, revisions.headId))
    .where(and(eq(revisions.id, revisionId), eq(revisions.headId, headId), visibleHeads(ctx.actor)));
  if (found === undefined)
    throw new ServiceError('resource.not_found', 'There is no such revision of a head.');
  if (found.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  const { revision, job } = found;
  const filesOf = await listPublicFiles(ctx, [revision.jobId]);
  return describeRevision(revision, job, filesOf(revision.jobId));
}
