import { API_VERSIONS } from '@headwright/shared/api-version';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { ServiceError } from '../services/errors.ts';

/** Settles which dated version of the API a request speaks: its own word, else what its key is pinned to. */
export const apiVersion: MiddlewareHandler<AppEnv> = async function apiVersion(c, next) {
  const asked = c.req.header('API-Version');
  const version = asked ?? c.get('account').actor.apiVersion;
  c.header('API-Version', version);
  if (!API_VERSIONS.some((known) => known === version)) {
    const detail = `The API-Version must be one of ${API_VERSIONS.join(', ')}.`;
    throw new ServiceError('input.unsupported_version', detail);
  }
  await next();
  c.header('API-Version', version);
};
