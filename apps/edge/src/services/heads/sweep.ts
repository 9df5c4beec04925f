import { and, asc, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import { accounts } from '../../db/schema/accounts.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { forEach } from '../for-each.ts';
import { deleteDrafts } from '../jobs/drafts.ts';
import { type Erasable, eraseHead } from './erase-head.ts';
import { purgeHead } from './purge-head.ts';

const BATCH = 50;

/** By then no request of a runner that held the head's job is still on its way. */
const PURGE_AFTER_MS = 15 * 60_000;

/** Deletes heads whose time is over, and ends what deletions began: heads of deleted accounts, files that came after their head had gone. */
export async function sweepHeads(deps: Deps): Promise<void> {
  await eraseExpired(deps);
  await eraseAccounts(deps);
  await purgeAgain(deps);
}

const ERASABLE = { id: heads.id, accountId: heads.accountId, mode: heads.mode };

async function eraseExpired(deps: Deps): Promise<void> {
  const over = await deps.db
    .select(ERASABLE)
    .from(heads)
    // As the index has it: only so does SQLite see that it fits.
    .where(and(lte(heads.expiresAt, deps.clock()), sql`expires_at is not null and deleted_at is null`))
    .orderBy(asc(heads.expiresAt))
    .limit(BATCH);
  await eraseAll(deps, 'a head whose time was over was not erased', over);
}

async function eraseAccounts(deps: Deps): Promise<void> {
  const left = await deps.db
    .select(ERASABLE)
    .from(accounts)
    .innerJoin(heads, and(eq(heads.accountId, accounts.id), isNull(heads.deletedAt)))
    .where(isNotNull(accounts.deletedAt))
    .limit(BATCH);
  await eraseAll(deps, 'a head of a deleted account was not erased', left);
}

function eraseAll(deps: Deps, message: string, found: Erasable[]): Promise<void> {
  return forEach(deps, message, found, (head) =>
    eraseHead(deps, head, {
      accountId: head.accountId,
      actor: 'sweep',
      action: 'head.delete',
      target: head.id,
      requestId: 'sweep',
    }),
  );
}

async function purgeAgain(deps: Deps): Promise<void> {
  const { db, clock } = deps;
  const due = await db
    .select({ id: heads.id, accountId: heads.accountId })
    .from(heads)
    .where(
      and(
        isNull(heads.purgedAt),
        isNotNull(heads.deletedAt),
        lte(heads.deletedAt, clock() - PURGE_AFTER_MS),
        sql`not exists (select 1 from jobs where head_id = ${heads.id} and finished_at is null)`,
      ),
    )
    .orderBy(asc(heads.deletedAt))
    .limit(BATCH);
  await forEach(deps, 'files of a deleted head stay', due, async (head) => {
    await purgeHead(deps, head);
    const made = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.headId, head.id));
    for (const { id } of made) await deleteDrafts(deps, id);
    await db.update(heads).set({ purgedAt: clock() }).where(eq(heads.id, head.id));
  });
}
