import type { ClientToken } from '@headwright/shared/api/client-tokens';
import { eq } from 'drizzle-orm';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import type { AccountContext } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeToken } from './describe-token.ts';
import { findTokens } from './find.ts';

/** One of the account's own client tokens; anybody else's does not exist. */
export async function getClientToken(ctx: AccountContext, tokenId: string): Promise<ClientToken> {
  const [found] = await findTokens(ctx, eq(clientTokens.id, tokenId), 1);
  if (found === undefined) throw new ServiceError('resource.not_found', 'There is no such client token.');
  return describeToken(found.token, found.createdCount);
}
