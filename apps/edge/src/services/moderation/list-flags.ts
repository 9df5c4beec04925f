import type { ModerationFlagList, ModerationFlagListQuery } from '@headwright/shared/api/moderation';
import { and, desc, eq, lt } from 'drizzle-orm';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { AccountContext } from '../context.ts';
import { describeFlag } from './describe-flag.ts';
import { visibleFlags } from './get-flag.ts';

/** A page of what moderation refused of the account in the caller's mode, newest first. */
export async function listFlags(
  { deps, actor }: AccountContext,
  { end_user: endUser, starting_after: after, limit }: ModerationFlagListQuery,
): Promise<ModerationFlagList> {
  const rows = await deps.db
    .select()
    .from(moderationFlags)
    .where(
      and(
        visibleFlags(actor),
        endUser === undefined ? undefined : eq(moderationFlags.endUser, endUser),
        after === undefined ? undefined : lt(moderationFlags.id, after),
      ),
    )
    .orderBy(desc(moderationFlags.id))
    .limit(limit + 1);
  return { object: 'list', data: rows.slice(0, limit).map(describeFlag), has_more: rows.length > limit };
}
