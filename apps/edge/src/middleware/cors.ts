import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/context.ts';

const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'API-Version',
  'Prefer',
  'Last-Event-ID',
  'If-None-Match',
  'If-Range',
  'Range',
].join(', ');

const EXPOSED_HEADERS = [
  'Request-Id',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Location',
  'ETag',
  'Accept-Ranges',
  'Content-Range',
  'Idempotency-Replayed',
].join(', ');

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': ALLOWED_HEADERS,
  'Access-Control-Max-Age': '86400',
};

/**
 * Answers every preflight, whoever asks, so that no page ever sees a puzzling refusal; but lets pages read answers
 * only where `isOpenToPages` was set: to client tokens and signed links. An API key has no business in a page.
 *
 * References: WHATWG Fetch, 3.3 CORS protocol. There are no cookies, hence the star.
 */
export const cors: MiddlewareHandler<AppEnv> = async function cors(c, next) {
  const { req } = c;
  const isPreflight =
    req.method === 'OPTIONS' &&
    req.header('Origin') !== undefined &&
    req.header('Access-Control-Request-Method') !== undefined;
  if (isPreflight) return c.body(null, 204, PREFLIGHT_HEADERS);
  await next();
  if (c.get('isOpenToPages') === true) {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  }
  return undefined;
};
