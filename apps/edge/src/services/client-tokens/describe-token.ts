import type { ClientToken } from '@headwright/shared/api/client-tokens';
import { ClientTokenId, HeadId, KeyId } from '@headwright/shared/ids';
import type { clientTokens } from '../../db/schema/client-tokens.ts';

/** A client token's row, and how many jobs name it, as the API's resource. */
export function describeToken(row: typeof clientTokens.$inferSelect, createdCount: number): ClientToken {
  const self = `/v1/client_tokens/${row.id}`;
  return {
    id: ClientTokenId.parse(row.id),
    object: 'client_token',
    mode: row.mode,
    key_id: KeyId.parse(row.keyId),
    end_user: row.endUser,
    allow: {
      create: row.createLimit,
      read: Array.isArray(row.reach) ? row.reach.map((id) => HeadId.parse(id)) : row.reach,
    },
    created_count: createdCount,
    max_cost: row.maxCost,
    renditions: row.renditions,
    created_at: new Date(row.createdAt).toISOString(),
    expires_at: new Date(row.expiresAt).toISOString(),
    revoked_at: row.revokedAt === null ? null : new Date(row.revokedAt).toISOString(),
    urls: { self, revoke: `${self}/revoke` },
  };
}
