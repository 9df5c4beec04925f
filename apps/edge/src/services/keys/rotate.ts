import type { ApiKeyWithSecret, RotateKeyRequest } from '@headwright/shared/api/keys';
import { sql } from 'drizzle-orm';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { assertWithin } from './assert-within.ts';
import { describeKey } from './describe-key.ts';
import { createKey, hashSecret } from './format.ts';
import { auditKey, findKeyRow, openKey } from './get.ts';

/**
 * Gives a key a new secret and lets the one of now work on for a while. The key stays the same key: its id, its cap
 * and its client tokens go on. A secret from the rotation before this one ends at once.
 */
export async function rotateKey(
  ctx: AccountContext,
  keyId: string,
  input: RotateKeyRequest,
): Promise<ApiKeyWithSecret> {
  const { deps, actor } = ctx;
  // Whoever rotates a key holds it afterwards.
  await assertWithin(ctx, await findKeyRow(ctx, keyId));
  const nowMs = deps.clock();
  const secret = createKey(actor.mode === 'live' ? 'hk_live_' : 'hk_test_');
  const set = {
    hash: await hashSecret(secret),
    hint: secret.slice(-4),
    previousHash: sql`hash`,
    previousExpiresAt: nowMs + input.overlap_s * 1000,
  };
  const [, [row]] = await deps.db.batch([
    auditKey(ctx, 'key.rotate', keyId),
    deps.db.update(apiKeys).set(set).where(openKey(actor, keyId)).returning(),
  ]);
  if (row === undefined) throw new ServiceError('resource.revoked', 'The key was revoked.');
  deps.accountKeys.forgetAll();
  return { ...describeKey(row, nowMs), secret };
}
