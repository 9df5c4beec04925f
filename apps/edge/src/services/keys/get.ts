import type { ApiKey } from '@headwright/shared/api/keys';
import { and, eq, type SQL } from 'drizzle-orm';
import { apiKeys } from '../../db/schema/api-keys.ts';
import type { AccountActor, AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeKey } from './describe-key.ts';

/** The keys of which an actor may know: those of its account and mode. */
export function visibleKeys(actor: AccountActor): SQL | undefined {
  return and(eq(apiKeys.accountId, actor.accountId), eq(apiKeys.mode, actor.mode));
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
