import type { ModerationFlag } from '@headwright/shared/api/moderation';
import { and, eq, type SQL } from 'drizzle-orm';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeFlag } from './describe-flag.ts';

/** The refusals of which an actor may know: those of its account and mode. */
export function visibleFlags(actor: AccountActor): SQL | undefined {
  return and(eq(moderationFlags.accountId, actor.accountId), eq(moderationFlags.mode, actor.mode));
}

/** One refusal of the account; anybody else's does not exist. */
export async function getFlag({ deps, actor }: AccountContext, flagId: string): Promise<ModerationFlag> {
  const [row] = await deps.db
    .select()
    .from(moderationFlags)
    .where(and(eq(moderationFlags.id, flagId), visibleFlags(actor)));
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such flag.');
  return describeFlag(row);
}
