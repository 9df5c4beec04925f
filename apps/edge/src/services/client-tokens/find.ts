import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { clientTokens } from '../../db/schema/client-tokens.ts';
import type { AccountActor, AccountContext } from '../context.ts';

const CREATED_COUNT = sql<number>`(select count(*) from jobs where client_token_id = client_tokens.id)`;

/** The client tokens of which an actor may know: those of its account and mode. */
export function visibleTokens(actor: AccountActor): SQL | undefined {
  return and(eq(clientTokens.accountId, actor.accountId), eq(clientTokens.mode, actor.mode));
}

/** Some of the account's own client tokens, newest first, each with the number of its jobs. */
export async function findTokens({ deps, actor }: AccountContext, where: SQL | undefined, limit: number) {
  return deps.db
    .select({ token: clientTokens, createdCount: CREATED_COUNT })
    .from(clientTokens)
    .where(and(visibleTokens(actor), where))
    .orderBy(desc(clientTokens.id))
    .limit(limit);
}
