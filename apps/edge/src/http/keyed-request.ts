import { z } from 'zod';
import { ServiceError } from '../services/errors.ts';
import type { KeyedRequest } from '../services/idempotency/fingerprint.ts';
import type { AppContext } from './context.ts';

const KEY_MAX_LENGTH = 255;

/** Request header of every route that costs something; for its contract. */
export const IDEMPOTENCY_HEADER = z.object({
  'idempotency-key': z
    .string()
    .max(KEY_MAX_LENGTH)
    .optional()
    .describe(
      'Your own name for this request, at most 255 visible ASCII characters. Repeating it with the same body answers as the first did; it is known until a day after the job’s end.',
    ),
});

/** Response header of a repeated request; for its contract. */
export const REPLAYED_HEADER = {
  'Idempotency-Replayed': '`true` if this is the answer to an earlier request with the same key.',
};

/** Response headers of an answer that may be a repeated one. */
export const replayedHeaders = (replayed: boolean): Record<string, string> =>
  replayed ? { 'Idempotency-Replayed': 'true' } : {};

/** The request as its `Idempotency-Key` stands for it, null without one. `endUser` is the one that the body names. */
export function keyedRequest(
  c: AppContext,
  route: string,
  body: unknown,
  endUser: string | null,
): KeyedRequest | null {
  const key = c.req.header('Idempotency-Key');
  if (key === undefined) return null;
  if (key.length > KEY_MAX_LENGTH || !/^[\x21-\x7e]+$/.test(key)) {
    const detail = `The Idempotency-Key must be 1 to ${KEY_MAX_LENGTH} visible ASCII characters without spaces.`;
    throw new ServiceError('idempotency.invalid_key', detail);
  }
  const { actor } = c.get('account');
  return {
    key,
    method: c.req.method,
    route,
    path: c.req.path,
    body,
    endUser: actor.endUser ?? endUser,
  };
}
