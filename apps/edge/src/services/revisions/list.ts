import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, eq } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { revisions } from '../../db/schema/revisions.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleHeads } from '../keys/visible.ts';
import { readRevisionPage } from './read-page.ts';

/** A page of the revisions of one of the account's own heads, newest first. */
export async function listRevisions(
  ctx: AccountContext,
  headId: string,
  query: RevisionListQuery,
): Promise<RevisionList> {
  const mine = and(eq(heads.id, headId), visibleHeads(ctx.actor));
  const [head] = await ctx.deps.db.select({ deletedAt: heads.deletedAt }).from(heads).where(mine);
  if (head === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  if (head.deletedAt !== null) throw new ServiceError('resource.deleted', 'The head was deleted.');
  return readRevisionPage(ctx, query, eq(revisions.headId, headId));
}
