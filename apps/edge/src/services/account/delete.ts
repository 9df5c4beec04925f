import type { DeletedAccount } from '@headwright/shared/api/account';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { moderationFlags } from '../../db/schema/moderation-flags.ts';
import { webhookEndpoints } from '../../db/schema/webhook-endpoints.ts';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { forEach } from '../for-each.ts';
import { sweepHeads } from '../heads/sweep.ts';

/**
 * Deletes the account behind a live key: its keys and tokens die, its webhooks stop, names are gone, and its heads of
 * both modes are erased, the first ones at once and the others by the sweep. The ledger stays, as the law asks.
 */
export async function deleteAccount(ctx: AccountContext, confirmedId: string): Promise<DeletedAccount> {
  const { actor, deps } = ctx;
  const { db } = deps;
  if (actor.mode !== 'live') {
    throw new ServiceError('auth.insufficient_scope', 'Only a live key can delete the account.');
  }
  if (confirmedId !== actor.accountId) {
    const detail = 'is not the id of the account of this key';
    throw new ServiceError('input.invalid', `/confirm ${detail}`, {
      errors: [{ pointer: '/confirm', code: 'invalid_value', detail }],
    });
  }
  const nowMs = deps.clock();
  const ofAccount = sql`account_id = ${actor.accountId}`;
  await db.batch([
    auditStatement(deps, auditOf(ctx, 'account.delete', actor.accountId)),
    db
      .update(accounts)
      .set({ name: '', contactEmail: null, deletedAt: nowMs })
      .where(and(eq(accounts.id, actor.accountId), isNull(accounts.deletedAt))),
    db
      .update(apiKeys)
      .set({ name: '', revokedAt: sql`coalesce(revoked_at, ${nowMs})` })
      .where(ofAccount),
    db
      .update(clientTokens)
      .set({ endUser: '', revokedAt: sql`coalesce(revoked_at, ${nowMs})` })
      .where(ofAccount),
    // Their secrets, deliveries and logs go with them.
    db.delete(webhookEndpoints).where(ofAccount),
    db.update(jobs).set({ endUser: null }).where(ofAccount),
    db.update(moderationFlags).set({ endUser: null, appeal: null, appealedAt: null }).where(ofAccount),
  ]);
  deps.accountKeys.forgetAll();
  // What does not go now goes with a sweep of the next minutes.
  await forEach(deps, 'heads of a deleted account stay for the sweep', [{ id: actor.accountId }], () =>
    sweepHeads(deps),
  );
  return {
    id: actor.accountId,
    object: 'account',
    deleted: true,
    deleted_at: new Date(nowMs).toISOString(),
  };
}
