import type { FlagId } from '@headwright/shared/ids';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { type Asker, explainAbuse, withinAbuseLimit } from './abuse-limit.ts';
import { appealUrl } from './describe-flag.ts';

const PREFIX = 'safety.prompt.';

/**
 * Runs what may refuse a prompt. A refusal is counted, without the words, and says where to appeal; one by which an asker
 * goes beyond the abuse limit is not counted any more and says so instead.
 */
export async function moderatePrompt<T>(
  ctx: AccountContext,
  endUser: string | null,
  judge: () => T,
): Promise<T> {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.code.startsWith(PREFIX)) throw error;
    const { accountId, mode } = ctx.actor;
    const flagId = await countRefusal(ctx, { accountId, mode, endUser }, error.code.slice(PREFIX.length));
    throw new ServiceError(error.code, error.message, { ...error.facts, appealUrl: appealUrl(flagId) });
  }
}

async function countRefusal({ deps }: AccountContext, asker: Asker, category: string): Promise<FlagId> {
  const { db, ids, clock } = deps;
  const nowMs = clock();
  const flag = {
    ...asker,
    id: ids.create('flag'),
    stage: 'prompt' as const,
    category,
    jobId: null,
    createdAt: nowMs,
    appeal: null,
    appealedAt: null,
    dismissedAt: null,
  };
  const [written] = await insertSelect(
    db,
    moderationFlags,
    flag,
    sql`from (select 1) where ${withinAbuseLimit(asker, nowMs)}`,
  ).returning({ id: moderationFlags.id });
  if (written === undefined) await explainAbuse(deps, asker, nowMs);
  return flag.id;
}
