import type { ClientTokenList, ClientTokenListQuery } from '@headwright/shared/api/client-tokens';
import { and, eq, lt } from 'drizzle-orm';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import type { AccountContext } from '../context.ts';
import { describeToken } from './describe-token.ts';
import { findTokens } from './find.ts';

/** A page of the account's client tokens of the caller's mode, newest first. */
export async function listClientTokens(
  ctx: AccountContext,
  query: ClientTokenListQuery,
): Promise<ClientTokenList> {
  const { end_user: endUser, starting_after: after, limit } = query;
  const found = await findTokens(
    ctx,
    and(
      endUser === undefined ? undefined : eq(clientTokens.endUser, endUser),
      after === undefined ? undefined : lt(clientTokens.id, after),
    ),
    limit + 1,
  );
  return {
    object: 'list',
    data: found.slice(0, limit).map(({ token, createdCount }) => describeToken(token, createdCount)),
    has_more: found.length > limit,
  };
}
