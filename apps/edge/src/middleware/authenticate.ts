import type { MiddlewareHandler } from 'hono';
import type { AppContext, AppEnv } from '../http/context.ts';
import type { Route } from '../http/route.ts';
import { isClientToken, verifyClientToken } from '../services/client-tokens/verify.ts';
import type { AccountActor } from '../services/context.ts';
import { ServiceError } from '../services/errors.ts';
import { verifyApiKey, verifyOperatorKey, verifyRunnerKey } from '../services/keys/verify.ts';

/** The key of `Authorization: Bearer …`. RFC 6750, 2.1; the scheme's case does not matter (RFC 9110, 11.1). */
function bearerKey(c: AppContext): string {
  const header = c.req.header('Authorization');
  if (header === undefined) throw new ServiceError('auth.missing_key');
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (key === undefined)
    throw new ServiceError('auth.invalid_key', 'The Authorization header must be: Bearer KEY.');
  return key;
}

/** Throws unless the route is meant for callers of this kind and asks for a scope that this one has. */
function permit({ scope, forApps }: Route, actor: AccountActor): void {
  if (actor.clientTokenId !== null && forApps !== true) {
    throw new ServiceError('auth.insufficient_scope', 'Client tokens are not accepted here.');
  }
  if (scope !== undefined && !actor.scopes.includes(scope)) {
    throw new ServiceError('auth.insufficient_scope', `This needs the scope ${scope}.`);
  }
}

/**
 * Whether a key that was good some seconds ago may call a route: to read, and to ask for a job, whose batch looks at the
 * key once more. All else, such as making another key, is for a key that is good now.
 */
function isMemoryEnough({ method, scope }: Route): boolean {
  return method === 'GET' || (method === 'POST' && scope === 'heads:write');
}

/** Admits a route's callers and leaves their service context. */
export function authenticate(route: Route): MiddlewareHandler<AppEnv> {
  return async function authenticate(c, next) {
    const deps = c.get('deps');
    const requestId = c.get('requestId');
    if (route.credential === 'account') {
      const key = bearerKey(c);
      if (isClientToken(key)) c.set('isOpenToPages', true);
      // Cloudflare writes this header; what a client sends under its name is overwritten.
      const address = c.req.header('CF-Connecting-IP') ?? '';
      const actor = await (isClientToken(key)
        ? verifyClientToken(deps, key)
        : verifyApiKey(deps, key, address, isMemoryEnough(route)));
      if (actor === null) throw new ServiceError('auth.invalid_key');
      permit(route, actor);
      c.set('account', { actor, requestId, deps });
    } else if (route.credential === 'runner') {
      const actor = await verifyRunnerKey(deps, bearerKey(c));
      if (actor === null) throw new ServiceError('auth.invalid_key');
      c.set('runner', { actor, requestId, deps });
    } else if (route.credential === 'operator') {
      const actor = await verifyOperatorKey(deps, bearerKey(c));
      if (actor === null) throw new ServiceError('auth.invalid_key');
      c.set('operator', { actor, requestId, deps });
    }
    await next();
  };
}
