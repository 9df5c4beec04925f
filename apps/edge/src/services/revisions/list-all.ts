import type { RevisionList, RevisionListQuery } from '@headwright/shared/api/revisions';
import { and, isNull } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import type { AccountContext } from '../context.ts';
import { visibleHeads } from '../keys/visible.ts';
import { readRevisionPage } from './read-page.ts';

/** A page of the revisions of all heads of an account, newest first, without those of deleted heads. */
export async function listAllRevisions(ctx: AccountContext, query: RevisionListQuery): Promise<RevisionList> {
  return readRevisionPage(ctx, query, and(visibleHeads(ctx.actor), isNull(heads.deletedAt)));
}
