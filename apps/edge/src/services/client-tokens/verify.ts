import { CURRENT_API_VERSION } from '@headwright/shared/api-version';
import type { Scope } from '@headwright/shared/scopes';
import { and, eq, isNull } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import type { AccountActor, Deps } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { hashSecret, keyPrefix } from '../keys/format.ts';
import { JOB_LIMIT, touchKey } from '../keys/verify.ts';

const READ_SCOPES: readonly Scope[] = ['heads:read', 'assets:read'];

/** What a client token needs of its key: reading always, creating and canceling if it may create. */
export function tokenScopes(createLimit: number): readonly Scope[] {
  return createLimit > 0 ? [...READ_SCOPES, 'heads:write', 'jobs:cancel'] : READ_SCOPES;
}

/** Whether a bearer key has the form of a client token, good or not: whoever sends one runs in an app. */
export function isClientToken(key: string): boolean {
  return key.startsWith('hc_');
}

/**
 * The actor behind a client token, null if there is none; throws for one whose time is over. It is looked up at
 * every request, so that it dies with its key at once.
 */
export async function verifyClientToken(deps: Deps, text: string): Promise<AccountActor | null> {
  const prefix = keyPrefix(text);
  if (prefix !== 'hc_test_' && prefix !== 'hc_live_') return null;
  const [found] = await deps.db
    .select({
      token: clientTokens,
      plan: accounts.plan,
      jobLimit: JOB_LIMIT,
      key: apiKeys,
    })
    .from(clientTokens)
    .innerJoin(apiKeys, eq(apiKeys.id, clientTokens.keyId))
    .innerJoin(accounts, eq(accounts.id, clientTokens.accountId))
    .where(
      and(
        eq(clientTokens.hash, await hashSecret(text)),
        isNull(clientTokens.revokedAt),
        isNull(apiKeys.revokedAt),
      ),
    );
  if (found === undefined) return null;
  const { token, plan, jobLimit, key } = found;
  const nowMs = deps.clock();
  if (token.expiresAt <= nowMs || (key.expiresAt !== null && key.expiresAt <= nowMs)) {
    throw new ServiceError('auth.expired_key');
  }
  await touchKey(deps, key);
  return {
    kind: 'account',
    accountId: token.accountId,
    mode: token.mode,
    keyId: token.keyId,
    scopes: tokenScopes(token.createLimit).filter((scope) => key.scopes.includes(scope)),
    apiVersion: key.apiVersion ?? CURRENT_API_VERSION,
    plan,
    jobLimit,
    clientTokenId: token.id,
    endUser: token.endUser,
    reach: token.reach,
    renditions: token.renditions,
  };
}
