import type { DeletedHead } from '@headwright/shared/api/heads';
import { HeadId } from '@headwright/shared/ids';
import { and, eq } from 'drizzle-orm';
import { heads } from '../../db/schema/heads.ts';
import { auditOf } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { visibleHeads } from '../keys/visible.ts';
import { eraseHead } from './erase-head.ts';

/** Deletes one of the account's own heads with all its revisions and files; a deleted one stays so. */
export async function deleteHead(ctx: AccountContext, headId: string): Promise<DeletedHead> {
  const mine = and(eq(heads.id, headId), visibleHeads(ctx.actor));
  const [head] = await ctx.deps.db.select().from(heads).where(mine);
  if (head === undefined) throw new ServiceError('resource.not_found', 'There is no such head.');
  await eraseHead(ctx.deps, head, auditOf(ctx, 'head.delete', head.id));
  const [erased] = await ctx.deps.db.select({ deletedAt: heads.deletedAt }).from(heads).where(mine);
  if (erased?.deletedAt == null) throw new Error(`deleteHead: head ${headId} was not erased`);
  return {
    id: HeadId.parse(head.id),
    object: 'head',
    deleted: true,
    deleted_at: new Date(erased.deletedAt).toISOString(),
  };
}
