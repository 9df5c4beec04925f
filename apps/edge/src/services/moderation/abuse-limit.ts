import { ABUSE_LIMITS } from '@headwright/shared/limits';
import { type SQL, sql } from 'drizzle-orm';
import type { Deps, KeyMode } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** Whose refusals are counted: an end user's among those of an account and mode. */
export interface Asker {
  accountId: string;
  mode: KeyMode;
  endUser: string | null;
}

const WINDOW_MS = ABUSE_LIMITS.windowHours * 3_600_000;

/** The refusals that count: of one account and mode, of the last day, not taken back. */
function recent({ accountId, mode }: Asker, nowMs: number): SQL {
  return sql`account_id = ${accountId} and mode = ${mode} and created_at > ${nowMs} - ${WINDOW_MS}
    and dismissed_at is null`;
}

/** Refusals of the asker's end user; none for an account that asks for itself. */
const ofEndUser = (asker: Asker, nowMs: number): SQL =>
  sql`(select count(*) from moderation_flags where ${recent(asker, nowMs)} and end_user = ${asker.endUser})`;

/** Refusals of the account, to which no end user adds more than an end user may have. */
const ofAccount = (asker: Asker, nowMs: number): SQL =>
  sql`(select coalesce(sum(case when end_user is null then n else min(n, ${ABUSE_LIMITS.endUser}) end), 0)
    from (select end_user, count(*) as n from moderation_flags where ${recent(asker, nowMs)} group by end_user))`;

/** The asker has not been refused too often, at the moment of the statement. */
export function withinAbuseLimit(asker: Asker, nowMs: number): SQL {
  return sql`${ofEndUser(asker, nowMs)} < ${ABUSE_LIMITS.endUser}
    and ${ofAccount(asker, nowMs)} < ${ABUSE_LIMITS.account}`;
}

/** Throws if the asker was refused too often; the first refusal that leaves the window gives way. */
export async function explainAbuse({ db }: Deps, asker: Asker, nowMs: number): Promise<void> {
  const facts = await db.get<{ own: number; all: number; ownest: number | null; oldest: number | null }>(
    sql`select ${ofEndUser(asker, nowMs)} as own, ${ofAccount(asker, nowMs)} as "all",
      (select min(created_at) from moderation_flags where ${recent(asker, nowMs)}
        and end_user = ${asker.endUser}) as ownest,
      (select min(created_at) from moderation_flags where ${recent(asker, nowMs)}) as oldest`,
  );
  const isOwn = facts.own >= ABUSE_LIMITS.endUser;
  if (!isOwn && facts.all < ABUSE_LIMITS.account) return;
  const firstMs = (isOwn ? facts.ownest : facts.oldest) ?? nowMs;
  const whose = isOwn ? 'for this end user' : 'for this account';
  const limit = isOwn ? ABUSE_LIMITS.endUser : ABUSE_LIMITS.account;
  throw new ServiceError(
    'limit.abuse',
    `Moderation has refused ${limit} requests ${whose} within ${ABUSE_LIMITS.windowHours} hours.`,
    { retryAfterSeconds: Math.ceil((firstMs + WINDOW_MS - nowMs) / 1000) },
  );
}
