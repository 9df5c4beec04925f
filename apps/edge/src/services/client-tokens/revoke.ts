import type { ClientToken } from '@headwright/shared/api/client-tokens';
import { and, eq, isNull } from 'drizzle-orm';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import type { AccountContext } from '../context.ts';
import { visibleTokens } from './find.ts';
import { getClientToken } from './get.ts';

/** Ends a client token for good; one that was revoked stays as it is. */
export async function revokeClientToken(ctx: AccountContext, tokenId: string): Promise<ClientToken> {
  const { deps, actor } = ctx;
  await deps.db
    .update(clientTokens)
    .set({ revokedAt: deps.clock() })
    .where(and(eq(clientTokens.id, tokenId), visibleTokens(actor), isNull(clientTokens.revokedAt)));
  return getClientToken(ctx, tokenId);
}
