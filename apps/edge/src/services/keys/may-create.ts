import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import type { AccountActor } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** The actor's key is not revoked, at the moment of the statement, however well it is remembered. */
export const keyStands = ({ keyId }: AccountActor): SQL =>
  sql`exists (select 1 from api_keys where api_keys.id = ${keyId} and revoked_at is null)`;

/**
 * The actor's credential stands and has a create left, at the moment of the batch: a condition for the statement
 * that admits a job. A key that was remembered as good is looked at again here, and a client token's creates are
 * counted by the jobs that name it, so that many at once cannot be more than it allows.
 */
export function mayCreate(actor: AccountActor, nowMs: number): SQL {
  if (actor.clientTokenId === null) return keyStands(actor);
  return sql`${keyStands(actor)} and exists (select 1 from client_tokens where client_tokens.id = ${actor.clientTokenId}
    and revoked_at is null and expires_at > ${nowMs}
    and (select count(*) from jobs where client_token_id = ${actor.clientTokenId}) < create_limit)`;
}

/** Throws if the credential is why a job was not admitted. */
export async function explainRefusal(db: Database, actor: AccountActor, nowMs: number): Promise<void> {
  const { may } = await db.get<{ may: number }>(sql`select ${mayCreate(actor, nowMs)} as may`);
  if (may) return;
  if (actor.clientTokenId === null) throw new ServiceError('auth.invalid_key', 'The API key was revoked.');
  const detail = 'The client token has made as many heads and edits as it may, or its time is over.';
  throw new ServiceError('auth.allowance_spent', detail);
}
