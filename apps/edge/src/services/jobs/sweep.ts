import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import { among } from '../../db/among.ts';
import { accounts } from '../../db/schema/accounts.ts';
import { events } from '../../db/schema/events.ts';
import { idempotencyKeys } from '../../db/schema/idempotency-keys.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { wakesAt } from './deadline.ts';
import { forEach } from '../for-each.ts';
import { describeHistory } from './describe-job.ts';
import { expireDeadline } from './expire-deadline.ts';
import { expireLeases } from './expire-leases.ts';
import { promoteOldest } from './statements.ts';

const BATCH = 100;

/** Changes younger than this are told again; older ones were told twice. */
const REPEAT_MS = 120_000;

const KEEP_KEYS_MS = 86_400_000;
const KEYS_BATCH = 1000;

/** What the Durable Objects should have done, done again from the database: safe at any time, by anyone, twice. */
export async function sweepJobs(deps: Deps): Promise<void> {
  await expireLeases(deps);
  await expireDeadlines(deps);
  await promoteForgotten(deps);
  await repeatRings(deps);
  await forgetKeys(deps);
}

async function expireDeadlines(deps: Deps): Promise<void> {
  const expired = await deps.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.status, 'queued'), lte(jobs.deadlineAt, deps.clock())))
    .orderBy(asc(jobs.deadlineAt))
    .limit(BATCH);
  await forEach(deps, 'a deadline was not kept', expired, ({ id }) => expireDeadline(deps, id));
}

/** Fills slots that came free by an operator raising a limit. */
async function promoteForgotten(deps: Deps): Promise<void> {
  const { db } = deps;
  // Only accounts with a free slot: those that merely wait must not keep them out of the batch.
  const waiting = sql`finished_at is null and pool is null
    and (select count(*) from jobs as promoted where promoted.account_id = ${jobs.accountId}
      and promoted.finished_at is null and promoted.pool is not null)
    < (select running_limit from accounts where accounts.id = ${jobs.accountId})`;
  const found = await db.selectDistinct({ accountId: jobs.accountId }).from(jobs).where(waiting).limit(BATCH);
  for (const { accountId } of found) {
    for (;;) {
      const [promoted] = await promoteOldest(
        db,
        sql`(select id from ${accounts} where id = ${accountId})`,
        deps.clock(),
      );
      if (promoted?.pool == null) break;
      await deps.doorbell.poolReady(promoted.pool);
    }
  }
}

/** An idempotency key is known for a day after the end of its job. */
async function forgetKeys({ db, clock }: Deps): Promise<void> {
  const over = sql`select scope from idempotency_keys join jobs on jobs.id = job_id
    where idempotency_keys.created_at < ${clock() - KEEP_KEYS_MS}
      and finished_at < ${clock() - KEEP_KEYS_MS} limit ${KEYS_BATCH}`;
  await db.delete(idempotencyKeys).where(sql`scope in (${over})`);
}

/** Tells listeners and runners about recent transitions once more, in case the first ring was lost. */
async function repeatRings(deps: Deps): Promise<void> {
  const { db, doorbell } = deps;
  const recent = await db
    .selectDistinct({ jobId: events.jobId })
    .from(events)
    .where(gte(events.createdAt, deps.clock() - REPEAT_MS))
    .limit(BATCH);
  if (recent.length === 0) return;
  const jobIds = recent.map(({ jobId }) => jobId);
  const [rows, history] = await db.batch([
    db.select().from(jobs).where(among(jobs.id, jobIds)),
    db.select().from(events).where(among(events.jobId, jobIds)).orderBy(events.jobId, events.sequence),
  ]);
  for (const row of rows) {
    const own = history.filter((event) => event.jobId === row.id);
    if (row.isWatched) {
      await doorbell.jobChanged(row.id, { history: describeHistory(row, own), wakesAtMs: wakesAt(row) });
    }
    if (row.readyRank !== null && row.pool !== null) await doorbell.poolReady(row.pool);
  }
}
