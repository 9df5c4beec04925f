import type { ClientTokenWithSecret, CreateClientTokenRequest } from '@headwright/shared/api/client-tokens';
import type { ProblemDetail } from '@headwright/shared/api/problem';
import { and, inArray } from 'drizzle-orm';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import { heads } from '../../db/schema/heads.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { createKey, hashSecret } from '../keys/format.ts';
import { visibleHeads } from '../keys/visible.ts';
import { describeToken } from './describe-token.ts';
import { tokenScopes } from './verify.ts';

/** Makes a short-lived credential for an app, which can do only what its key can. */
export async function mintClientToken(
  ctx: AccountContext,
  input: CreateClientTokenRequest,
): Promise<ClientTokenWithSecret> {
  const { deps, actor } = ctx;
  const reach = input.allow.read ?? null;
  for (const scope of tokenScopes(input.allow.create)) {
    if (actor.scopes.includes(scope)) continue;
    throw new ServiceError(
      'auth.insufficient_scope',
      `The key lacks the scope ${scope}, which the token needs.`,
    );
  }
  if (Array.isArray(reach)) await assertVisible(ctx, reach);
  const secret = createKey(actor.mode === 'live' ? 'hc_live_' : 'hc_test_');
  const nowMs = deps.clock();
  const [row] = await deps.db
    .insert(clientTokens)
    .values({
      id: deps.ids.create('ct'),
      accountId: actor.accountId,
      keyId: actor.keyId,
      mode: actor.mode,
      hash: await hashSecret(secret),
      endUser: input.end_user,
      createLimit: input.allow.create,
      reach,
      maxCost: input.max_cost ?? null,
      renditions: input.renditions ?? null,
      createdAt: nowMs,
      expiresAt: nowMs + input.ttl_s * 1000,
    })
    .returning();
  if (row === undefined) throw new Error('mintClientToken: expected a row, got none');
  return { ...describeToken(row, 0), secret };
}

/** Throws unless the key itself may see each of these heads. */
async function assertVisible({ deps, actor }: AccountContext, headIds: readonly string[]): Promise<void> {
  const found = await deps.db
    .select({ id: heads.id })
    .from(heads)
    .where(and(inArray(heads.id, [...headIds]), visibleHeads(actor)));
  const known = new Set(found.map(({ id }) => id));
  const errors = headIds.flatMap((id, i): ProblemDetail[] =>
    known.has(id) ? [] : [{ pointer: `/allow/read/${i}`, code: 'not_found', detail: 'is no head of yours' }],
  );
  if (errors.length > 0) throw new ServiceError('input.invalid', 'There is no such head.', { errors });
}
