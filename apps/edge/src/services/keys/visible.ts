import { type SQL, sql } from 'drizzle-orm';
import type { AccountActor } from '../context.ts';

/** Whether the actor has a key, so that the conditions below look the same for all of their values. */
export const isKey = ({ actor }: { actor: AccountActor }): boolean => actor.clientTokenId === null;

/** The heads of which an actor may know: a condition on `heads`. Anything else does not exist for it. */
export function visibleHeads(actor: AccountActor): SQL {
  const owned = sql`heads.account_id = ${actor.accountId} and heads.mode = ${actor.mode}`;
  if (actor.clientTokenId === null) return owned;
  const made = sql`exists (select 1 from jobs as made where made.head_id = heads.id and made.kind = 'head'
    and made.client_token_id = ${actor.clientTokenId})`;
  if (actor.reach === null) return sql`${owned} and ${made}`;
  if (actor.reach === 'own') return sql`${owned} and (heads.end_user = ${actor.endUser} or ${made})`;
  const listed = sql`heads.id in (select value from json_each(${JSON.stringify(actor.reach)}))`;
  return sql`${owned} and (${listed} or ${made})`;
}

/** The jobs of which an actor may know, those of its heads: a condition on `jobs`. */
export function visibleJobs(actor: AccountActor): SQL {
  const owned = sql`jobs.account_id = ${actor.accountId} and jobs.mode = ${actor.mode}`;
  if (actor.clientTokenId === null) return owned;
  return sql`${owned} and exists (select 1 from heads where heads.id = jobs.head_id and ${visibleHeads(actor)})`;
}
