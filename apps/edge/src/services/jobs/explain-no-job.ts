import { explainLimits } from '../billing/can-pay.ts';
import type { Purchase } from '../billing/purchase.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { explainRefusal } from '../keys/may-create.ts';
import { type Asker, explainAbuse } from '../moderation/abuse-limit.ts';
import { assertCreatesOpen } from '../operations/assert-creates-open.ts';
import { QUEUE_FULL_RETRY_SECONDS } from '../quotas/plans.ts';

/** Throws why a job was not admitted, of what holds for jobs of every kind. */
export async function explainNoJob(
  { deps, actor }: AccountContext,
  asker: Asker,
  nowMs: number,
  purchase: Purchase,
): Promise<never> {
  await assertCreatesOpen(deps);
  await explainRefusal(deps.db, actor, deps.clock());
  await explainAbuse(deps, asker, nowMs);
  await explainLimits(deps.db, purchase);
  const detail = 'As many heads as this account allows are running and waiting.';
  throw new ServiceError('limit.queue_full', detail, { retryAfterSeconds: QUEUE_FULL_RETRY_SECONDS });
}
