import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { problemResponse } from '../http/problem.ts';
import { rateHeaders } from '../http/rate-headers.ts';
import type { NamedBucket } from '../ports/rates/interface.ts';
import type { AccountActor } from '../services/context.ts';
import { ServiceError } from '../services/errors.ts';
import { planOf } from '../services/quotas/plans.ts';

/** The buckets from which a request takes: the account's, and a client token's own, whose name is no secret. */
function bucketsOf(actor: AccountActor): NamedBucket[] {
  const { requests, tokenRequests } = planOf(actor.plan);
  const buckets: NamedBucket[] = [];
  if (requests !== null) buckets.push({ name: 'req', policy: requests });
  if (actor.clientTokenId !== null && tokenRequests !== null) {
    buckets.push({ name: actor.clientTokenId, policy: tokenRequests });
  }
  return buckets;
}

/** Refuses a caller whose bucket is empty, and tells every other how full it is. Follows `authenticate`. */
export const limitRate: MiddlewareHandler<AppEnv> = async function limitRate(c, next) {
  const { actor } = c.get('account');
  const buckets = bucketsOf(actor);
  const taken =
    buckets.length === 0 ? null : await c.get('deps').rates.take(`${actor.accountId}:${actor.mode}`, buckets);
  if (taken === null) return next();
  if (taken.isAllowed) {
    await next();
  } else {
    const retryAfterSeconds = Math.ceil(taken.waitMs / 1000);
    c.res = problemResponse(new ServiceError('limit.rate', undefined, { retryAfterSeconds }), c);
  }
  for (const [name, value] of Object.entries(rateHeaders(buckets, taken, actor.jobLimit))) c.header(name, value);
};
