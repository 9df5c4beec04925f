import { ERROR_CODES } from '@headwright/shared/error-codes';
import { ServiceError } from '../services/errors.ts';
import { problemOf } from '../services/problem-of.ts';
import { tellError } from '../services/tell-error.ts';
import type { AppContext } from './context.ts';

/** Turns whatever was thrown into a problem document. Only here do error codes meet HTTP. */
export function problemResponse(error: unknown, c: AppContext): Response {
  const requestId = c.get('requestId');
  const known = error instanceof ServiceError ? error : new ServiceError('internal.error');
  if (known !== error) {
    c.get('deps').log.error('request failed', {
      requestId,
      method: c.req.method,
      path: c.req.path,
      error: tellError(error),
    });
  }
  const { code, facts } = known;
  const body = {
    ...problemOf(code, known.message),
    instance: c.req.path,
    request_id: requestId,
    ...(facts.appealUrl === undefined ? {} : { appeal_url: facts.appealUrl }),
    ...(facts.errors === undefined ? {} : { errors: facts.errors }),
  };
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Request-Id': requestId,
  });
  if (code.startsWith('auth.')) headers.set('WWW-Authenticate', 'Bearer realm="headwright"');
  if (facts.retryAfterSeconds !== undefined) headers.set('Retry-After', String(facts.retryAfterSeconds));
  if (facts.fileBytes !== undefined) headers.set('Content-Range', `bytes */${facts.fileBytes}`);
  if (facts.allowedMethods !== undefined) headers.set('Allow', facts.allowedMethods.join(', '));
  return new Response(JSON.stringify(body), { status: ERROR_CODES[code].status, headers });
}
