import { API_VERSIONS, DEPRECATED_VERSIONS, type Deprecation } from '@headwright/shared/api-version';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { deprecationHeaders } from '../http/deprecation-headers.ts';
import type { Route } from '../http/route.ts';
import { ServiceError } from '../services/errors.ts';

/**
 * Settles which dated version of the API a request speaks: its own word, else what its key is pinned to. Whoever uses a
 * version or a route that will end is told so by every answer.
 */
export function apiVersion(
  { contract }: Pick<Route, 'contract'>,
  versions: readonly string[] = API_VERSIONS,
  deprecated: ReadonlyMap<string, Deprecation> = DEPRECATED_VERSIONS,
): MiddlewareHandler<AppEnv> {
  return async function apiVersion(c, next) {
    const asked = c.req.header('API-Version');
    const version = asked ?? c.get('account').actor.apiVersion;
    c.header('API-Version', version);
    if (!versions.includes(version)) {
      const detail = `The API-Version must be one of ${versions.join(', ')}.`;
      throw new ServiceError('input.unsupported_version', detail);
    }
    await next();
    c.header('API-Version', version);
    const ending = contract?.deprecated ?? deprecated.get(version);
    if (ending === undefined) return;
    for (const [name, value] of Object.entries(deprecationHeaders(ending))) c.header(name, value);
  };
}
