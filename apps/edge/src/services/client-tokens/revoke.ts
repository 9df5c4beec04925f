import type { ClientToken } from '@headwright/shared/api/client-tokens';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { visibleTokens } from './find.ts';
import { getClientToken } from './get.ts';

/** Ends a client token for good; one that was revoked stays as it is. */
export async function revokeClientToken(ctx: AccountContext, tokenId: string): Promise<ClientToken> {
  const { deps, actor } = ctx;
  const isOpen = and(eq(clientTokens.id, tokenId), visibleTokens(actor), isNull(clientTokens.revokedAt));
  await deps.db.batch([
    auditStatement(
      deps,
      auditOf(ctx, 'client_token.revoke', tokenId),
      sql`exists (select 1 from client_tokens where ${isOpen})`,
    ),
    deps.db.update(clientTokens).set({ revokedAt: deps.clock() }).where(isOpen),
  ]);
  return getClientToken(ctx, tokenId);
}
