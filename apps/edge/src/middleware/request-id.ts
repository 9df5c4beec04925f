import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';
import type { Deps } from '../services/context.ts';

/** Names the request and hands the outside world to the handlers. */
export function requestId(deps: Deps): MiddlewareHandler<AppEnv> {
  return async function requestId(c, next) {
    const id = deps.ids.create('req');
    c.set('deps', deps);
    c.set('requestId', id);
    await next();
    c.header('Request-Id', id);
  };
}
