import type { ApiKey } from '@headwright/shared/api/keys';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { type Audit, auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeKey } from './describe-key.ts';

/** The keys of which an actor may know: those of its account and mode. */
export function visibleKeys(actor: AccountActor): SQL | undefined {
  return and(eq(apiKeys.accountId, actor.accountId), eq(apiKeys.mode, actor.mode));
}

/** One of the actor's keys, if it was not revoked. */
export function openKey(actor: AccountActor, keyId: string): SQL | undefined {
  return and(eq(apiKeys.id, keyId), visibleKeys(actor), isNull(apiKeys.revokedAt));
}

/** The part of a batch that writes down what is done to an open key; it goes before the change. */
export function auditKey(ctx: AccountContext, action: Audit['action'], keyId: string) {
  const isOpen = sql`exists (select 1 from api_keys where ${openKey(ctx.actor, keyId)})`;
  return auditStatement(ctx.deps, auditOf(ctx, action, keyId), isOpen);
}

/** The row of one of the account's own keys; anybody else's does not exist. */
export async function findKeyRow(
  { deps, actor }: AccountContext,
  keyId: string,
): Promise<typeof apiKeys.$inferSelect> {
  const [row] = await deps.db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.id, keyId), visibleKeys(actor)));
  if (row === undefined) throw new ServiceError('resource.not_found', 'There is no such key.');
  return row;
}

/** One of the account's own keys. */
export async function getKey(ctx: AccountContext, keyId: string): Promise<ApiKey> {
  return describeKey(await findKeyRow(ctx, keyId), ctx.deps.clock());
}
