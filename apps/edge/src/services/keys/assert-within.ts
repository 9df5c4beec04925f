import type { ProblemDetail } from '@headwright/shared/api/problem';
import type { apiKeys } from '../../db/schema/api-keys.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { findKeyRow } from './get.ts';

/** What a key is allowed, as far as another key can give it. */
export type Powers = Pick<
  typeof apiKeys.$inferSelect,
  'scopes' | 'expiresAt' | 'monthlySpendCap' | 'allowedIps'
>;

/**
 * Throws unless the caller's own key has all that it is about to give: a scope, a longer life or a higher cap would
 * be a way out of its limits.
 */
export async function assertWithin(ctx: AccountContext, wanted: Powers): Promise<void> {
  const own = await findKeyRow(ctx, ctx.actor.keyId);
  const errors: ProblemDetail[] = [];
  const refuse = (pointer: string, detail: string) =>
    errors.push({ pointer, code: 'exceeds_key', detail: `${detail} this key has` });
  wanted.scopes.forEach((scope, i) => {
    if (!own.scopes.includes(scope)) refuse(`/scopes/${i}`, 'is not among the scopes that');
  });
  if (exceeds(wanted.expiresAt, own.expiresAt)) refuse('/expires_at', 'is later than the end that');
  if (exceeds(wanted.monthlySpendCap, own.monthlySpendCap)) {
    refuse('/monthly_spend_cap', 'is more than the cap that');
  }
  const isElsewhere =
    wanted.allowedIps === null || wanted.allowedIps.some((ip) => !own.allowedIps?.includes(ip));
  if (own.allowedIps !== null && isElsewhere) refuse('/allowed_ips', 'is not among the addresses that');
  if (errors.length === 0) return;
  throw new ServiceError('auth.insufficient_scope', 'A key can give only what it has itself.', { errors });
}

/** Null is without bound. */
function exceeds(wanted: number | null, own: number | null): boolean {
  return own !== null && (wanted === null || wanted > own);
}
