import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { problemResponse } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import { rateHeaders } from '../http/rate-headers.ts';
import { ServiceError } from '../services/errors.ts';
import { countRequest } from '../services/quotas/count-request.ts';

/** Refuses a caller whose bucket is empty, and tells every other how full it is. Follows `authenticate`. */
export function limitRate({ countedAs = 'requests' }: Route): MiddlewareHandler<AppEnv> {
  return async function limitRate(c, next) {
    const account = c.get('account');
    const counted = await countRequest(account, countedAs);
    if (counted === null) return next();
    if (counted.taken.isAllowed) {
      await next();
    } else {
      const retryAfterSeconds = Math.ceil(counted.taken.waitMs / 1000);
      c.res = problemResponse(new ServiceError('limit.rate', undefined, { retryAfterSeconds }), c);
    }
    const headers = rateHeaders(counted, account.actor.jobLimit);
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  };
}
