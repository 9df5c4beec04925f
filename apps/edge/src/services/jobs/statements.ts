import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { insertSelect } from '../../db/insert-select.ts';
import { events } from '../../db/schema/events.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { OUTLOOK } from './outlook.ts';

/** The row whose newest event is this one: true only inside the batch of the transition that wrote it. */
export const justChanged = (eventId: string): SQL => eq(jobs.lastEventId, eventId);

/** The attempt that this token stands for is still the one that holds the job. */
export function holdsJob(jobId: string, tokenHash: string): SQL | undefined {
  return and(
    eq(jobs.id, jobId),
    eq(jobs.tokenHash, tokenHash),
    inArray(jobs.status, ['running', 'canceling']),
  );
}

/** Records the transition that gave a job the event id `eventId`; without such a job, nothing. */
export function insertEvent(db: Database, eventId: string, atMs: number) {
  return insertSelect(
    db,
    events,
    {
      id: sql`last_event_id`,
      accountId: sql`account_id`,
      jobId: sql`id`,
      sequence: sql`sequence`,
      snapshot: sql`json_object('status', status, 'attempt', attempt,
        'queue_position', ${OUTLOOK.position}, 'eta_s', ${OUTLOOK.etaSeconds},
        'progress', json(progress), 'preview_count', preview_count, 'error', json(error),
        'started_at', started_at, 'finished_at', finished_at)`,
      createdAt: atMs,
    },
    sql`from jobs where last_event_id = ${eventId}`,
  );
}

/** All events of the job that was just changed, in order. */
export function selectHistory(db: Database, eventId: string) {
  return db
    .select()
    .from(events)
    .where(sql`${events.jobId} = (select id from jobs where last_event_id = ${eventId})`)
    .orderBy(events.sequence);
}

/**
 * Gives a free running slot of an account to its oldest waiting job, and returns that job's pool.
 * `accountId` is an SQL expression that is null when nothing shall happen.
 */
export function promoteOldest(db: Database, accountId: SQL, atMs: number) {
  return db
    .update(jobs)
    .set({ pool: sql`lane`, readyRank: atMs, promotedAt: atMs })
    .where(
      sql`id = (select id from jobs as waiting where waiting.account_id = ${accountId}
            and waiting.finished_at is null and waiting.pool is null order by waiting.id limit 1)
          and (select count(*) from jobs as promoted where promoted.account_id = ${accountId}
            and promoted.finished_at is null and promoted.pool is not null)
          < (select running_limit from accounts where accounts.id = ${accountId})`,
    )
    .returning({ pool: jobs.pool });
}
