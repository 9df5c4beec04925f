import type { JobStatus } from '@headwright/shared/job-state';
import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import { type JobRow, jobs } from '../../db/schema/jobs.ts';
import type { Deps } from '../context.ts';
import { describeHistory } from './describe-job.ts';
import { insertEvent, justChanged, promoteOldest, selectHistory } from './statements.ts';
import { SOURCES } from './transitions.ts';

/** A wish to change a job's state. */
export interface Transition {
  to: JobStatus;
  /** Which job, and what else must hold; whether its state may lead to `to` is added here. */
  where: SQL | undefined;
  /** Columns that change along with the state. */
  set: Omit<SQLiteUpdateSetSource<typeof jobs>, 'status' | 'sequence' | 'lastEventId'>;
  /** Statements of the same batch; each must write nothing unless the job's newest event is `eventId`. */
  alongside?: (eventId: string) => BatchItem<'sqlite'>[];
}

/**
 * Changes a job's state, records the event, and gives a freed slot to the next waiting job: all or nothing,
 * in one batch. Returns the changed row, or null when the guard matched no row and nothing happened.
 *
 * A guard that matches nothing does not abort a batch, so every other statement hangs on the event id that
 * only the first one writes.
 */
export async function transition(deps: Deps, wish: Transition): Promise<JobRow | null> {
  const { db, doorbell } = deps;
  const eventId = deps.ids.create('evt');
  const nowMs = deps.clock();
  const sources: readonly JobStatus[] = SOURCES[wish.to];
  const account = sql`(select account_id from jobs where ${justChanged(eventId)} and finished_at is not null)`;
  const [changed, , promoted, history] = await db.batch([
    db
      .update(jobs)
      .set({ ...wish.set, status: wish.to, sequence: sql`${jobs.sequence} + 1`, lastEventId: eventId })
      .where(and(wish.where, inArray(jobs.status, sources)))
      .returning(),
    insertEvent(db, eventId, nowMs),
    promoteOldest(db, account, nowMs),
    selectHistory(db, eventId),
    ...(wish.alongside?.(eventId) ?? []),
  ]);
  const row = changed[0];
  if (row === undefined) return null;
  const ready = row.readyRank === null ? promoted[0]?.pool : row.pool;
  await Promise.all([
    doorbell.jobChanged(row.id, {
      history: describeHistory(row, history),
      leaseExpiresAt: row.leaseExpiresAt,
    }),
    ready ? doorbell.poolReady(ready) : undefined,
  ]);
  return row;
}
