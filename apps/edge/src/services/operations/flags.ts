import type { OperatorInput } from '@headwright/shared/operator/commands';
import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** Open appeals, the oldest first; or the newest refusals of all accounts. */
export function listAllFlags({ db }: Deps, { appealed, limit }: OperatorInput<'flags.list'>) {
  const isOpenAppeal = and(isNotNull(moderationFlags.appealedAt), isNull(moderationFlags.dismissedAt));
  const isAppeals = appealed === 'true';
  return db
    .select()
    .from(moderationFlags)
    .where(isAppeals ? isOpenAppeal : undefined)
    .orderBy(isAppeals ? asc(moderationFlags.id) : desc(moderationFlags.id))
    .limit(limit);
}

/** Takes a refusal back: it counts no longer. The job stays as it is. */
export async function dismissFlag({ db, clock }: Deps, { flag }: OperatorInput<'flags.dismiss'>) {
  const isThis = eq(moderationFlags.id, flag);
  await db
    .update(moderationFlags)
    .set({ dismissedAt: clock() })
    .where(and(isThis, isNull(moderationFlags.dismissedAt)));
  const [row] = await db.select().from(moderationFlags).where(isThis);
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such flag.');
  return row;
}
