import type { ApiKey } from '@headwright/shared/api/keys';
import { KeyId } from '@headwright/shared/ids';
import type { apiKeys } from '../../db/schema/api-keys.ts';

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** A key's row as the API's resource. */
export function describeKey(row: typeof apiKeys.$inferSelect, nowMs: number): ApiKey {
  const self = `/v1/keys/${row.id}`;
  const { previousExpiresAt } = row;
  return {
    id: KeyId.parse(row.id),
    object: 'api_key',
    name: row.name,
    mode: row.mode,
    hint: row.hint,
    scopes: row.scopes,
    monthly_spend_cap: row.monthlySpendCap,
    allowed_ips: row.allowedIps,
    created_at: new Date(row.createdAt).toISOString(),
    expires_at: instant(row.expiresAt),
    last_used_at: instant(row.lastUsedAt),
    revoked_at: instant(row.revokedAt),
    previous_secret_expires_at:
      previousExpiresAt !== null && previousExpiresAt > nowMs ? instant(previousExpiresAt) : null,
    urls: { self, rotate: `${self}/rotate`, revoke: `${self}/revoke` },
  };
}
