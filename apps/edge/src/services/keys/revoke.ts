import type { ApiKey } from '@headwright/shared/api/keys';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { AccountContext } from '../context.ts';
import { describeKey } from './describe-key.ts';
import { auditKey, findKeyRow, openKey } from './get.ts';

/** Ends a key for good, and every client token under it; a key that has ended stays as it is. */
export async function revokeKey(ctx: AccountContext, keyId: string): Promise<ApiKey> {
  const { deps, actor } = ctx;
  const nowMs = deps.clock();
  await deps.db.batch([
    auditKey(ctx, 'key.revoke', keyId),
    deps.db.update(apiKeys).set({ revokedAt: nowMs }).where(openKey(actor, keyId)),
  ]);
  deps.accountKeys.forgetAll();
  return describeKey(await findKeyRow(ctx, keyId), nowMs);
}
