import type { ApiKeyWithSecret, CreateKeyRequest } from '@headwright/shared/api/keys';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { auditOf, auditStatement } from '../audit/audit-statement.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { assertWithin } from './assert-within.ts';
import { describeKey } from './describe-key.ts';
import { createKey, hashSecret } from './format.ts';
import { findKeyRow } from './get.ts';
import { keyStands } from './may-create.ts';
import { parseExpiry } from './parse-expiry.ts';

/**
 * Makes a key of the caller's account and mode that may do no more than the caller's; none if that is revoked at the
 * same moment, with its account perhaps.
 */
export async function createApiKey(ctx: AccountContext, input: CreateKeyRequest): Promise<ApiKeyWithSecret> {
  const { deps, actor } = ctx;
  const nowMs = deps.clock();
  const own = await findKeyRow(ctx, actor.keyId);
  const powers = {
    scopes: input.scopes ?? own.scopes,
    expiresAt: input.expires_at === undefined ? own.expiresAt : parseExpiry(input.expires_at, nowMs),
    monthlySpendCap: input.monthly_spend_cap === undefined ? own.monthlySpendCap : input.monthly_spend_cap,
    allowedIps: input.allowed_ips === undefined ? own.allowedIps : input.allowed_ips,
  };
  await assertWithin(ctx, powers);
  const secret = createKey(actor.mode === 'live' ? 'hk_live_' : 'hk_test_');
  const made = {
    id: deps.ids.create('key'),
    accountId: actor.accountId,
    mode: actor.mode,
    hash: await hashSecret(secret),
    hint: secret.slice(-4),
    name: input.name,
    createdAt: nowMs,
    revokedAt: null,
    lastUsedAt: null,
    previousHash: null,
    previousExpiresAt: null,
    apiVersion: null,
    ...powers,
  };
  const isMade = sql`exists (select 1 from api_keys where id = ${made.id})`;
  const [[row]] = await deps.db.batch([
    insertSelect(deps.db, apiKeys, made, sql`where ${keyStands(actor)}`).returning(),
    auditStatement(deps, auditOf(ctx, 'key.create', made.id), isMade),
  ]);
  if (row === undefined) throw new ServiceError('auth.invalid_key', 'The API key was revoked.');
  return { ...describeKey(row, nowMs), secret };
}
