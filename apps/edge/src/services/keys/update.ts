import type { ApiKey, UpdateKeyRequest } from '@headwright/shared/api/keys';
import { sql } from 'drizzle-orm';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { assertWithin } from './assert-within.ts';
import { describeKey } from './describe-key.ts';
import { auditKey, findKeyRow, openKey } from './get.ts';
import { parseExpiry } from './parse-expiry.ts';

/** Changes what a key is called and may do; a revoked key stays as it is. */
export async function updateKey(
  ctx: AccountContext,
  keyId: string,
  input: UpdateKeyRequest,
): Promise<ApiKey> {
  const { deps, actor } = ctx;
  const nowMs = deps.clock();
  const before = await findKeyRow(ctx, keyId);
  const powers = {
    scopes: input.scopes ?? before.scopes,
    expiresAt: input.expires_at === undefined ? before.expiresAt : parseExpiry(input.expires_at, nowMs),
    monthlySpendCap: input.monthly_spend_cap === undefined ? before.monthlySpendCap : input.monthly_spend_cap,
    allowedIps: input.allowed_ips === undefined ? before.allowedIps : input.allowed_ips,
  };
  if (Object.keys(input).some((field) => field !== 'name')) await assertWithin(ctx, powers);
  // What is not named is not written: somebody else may be narrowing it at this moment.
  const set = {
    name: input.name ?? sql`name`,
    ...(input.scopes === undefined ? {} : { scopes: powers.scopes }),
    ...(input.expires_at === undefined ? {} : { expiresAt: powers.expiresAt }),
    ...(input.monthly_spend_cap === undefined ? {} : { monthlySpendCap: powers.monthlySpendCap }),
    ...(input.allowed_ips === undefined ? {} : { allowedIps: powers.allowedIps }),
  };
  const [, [row]] = await deps.db.batch([
    auditKey(ctx, 'key.update', keyId),
    deps.db.update(apiKeys).set(set).where(openKey(actor, keyId)).returning(),
  ]);
  if (row === undefined) throw new ServiceError('resource.revoked', 'The key was revoked.');
  deps.accountKeys.forgetAll();
  return describeKey(row, nowMs);
}
