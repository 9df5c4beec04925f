import type { AppealRequest, ModerationFlag } from '@headwright/shared/api/moderation';
import { and, eq } from 'drizzle-orm';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeFlag } from './describe-flag.ts';
import { visibleFlags } from './get-flag.ts';

/** Says something against a refusal, for an operator to read; saying it again replaces what was said. */
export async function appealFlag(
  { deps, actor }: AccountContext,
  flagId: string,
  { comment }: AppealRequest,
): Promise<ModerationFlag> {
  const [row] = await deps.db
    .update(moderationFlags)
    .set({ appeal: comment, appealedAt: deps.clock() })
    .where(and(eq(moderationFlags.id, flagId), visibleFlags(actor)))
    .returning();
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such flag.');
  return describeFlag(row);
}
