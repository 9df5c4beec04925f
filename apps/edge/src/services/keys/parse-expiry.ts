import { ServiceError } from '../errors.ts';

/** Milliseconds of an instant that must lie ahead; null stays null. */
export function parseExpiry(expiresAt: string | null, nowMs: number): number | null {
  if (expiresAt === null) return null;
  const atMs = Date.parse(expiresAt);
  if (atMs > nowMs) return atMs;
  throw new ServiceError('input.invalid', 'The end of a key must lie ahead.', {
    errors: [{ pointer: '/expires_at', code: 'invalid_value', detail: 'must be later than now' }],
  });
}
