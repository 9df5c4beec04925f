import type { NamedBucket, Taken } from '../../ports/rates/interface.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { planOf } from './plans.ts';

/** The buckets that a request was counted in, and what they said. */
export interface CountedRequest {
  buckets: NamedBucket[];
  taken: Taken;
}

/** Which of the plan's buckets counts a request of the account. */
export type CountedAs = 'requests' | 'checks';

/** What callers know the buckets by. */
const BUCKET_NAMES: Readonly<Record<CountedAs, string>> = { requests: 'req', checks: 'checks' };

/** The buckets from which a request takes: the account's, and a client token's own, whose id is no secret. */
function bucketsOf(actor: AccountActor, countedAs: CountedAs): NamedBucket[] {
  const { tokenRequests, [countedAs]: policy } = planOf(actor.plan);
  const buckets: NamedBucket[] = [];
  if (policy !== null) buckets.push({ name: BUCKET_NAMES[countedAs], policy });
  if (actor.clientTokenId !== null && tokenRequests !== null) {
    buckets.push({ name: actor.clientTokenId, policy: tokenRequests });
  }
  return buckets;
}

/** Counts one request; null if nothing limits it, or nobody could count. */
export async function countRequest(
  { actor, deps }: AccountContext,
  countedAs: CountedAs,
): Promise<CountedRequest | null> {
  const buckets = bucketsOf(actor, countedAs);
  if (buckets.length === 0) return null;
  const taken = await deps.rates.take(`${actor.accountId}:${actor.mode}`, buckets);
  return taken === null ? null : { buckets, taken };
}
