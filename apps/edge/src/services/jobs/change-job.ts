import type { JobStatus } from '@headwright/shared/job-state';
import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../db/client.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { SOURCES } from './transitions.ts';

/** What changes about a job. */
export interface Change {
  to: JobStatus;
  /** Which job, and what else must hold; whether its state may lead to `to` is added here. */
  where: SQL | undefined;
  /** Columns that change along with the state. */
  set: Omit<SQLiteUpdateSetSource<typeof jobs>, 'status' | 'sequence' | 'lastEventId'>;
}

/** The first statement of a transition's batch: it alone has the guard, and writes the event id on which all others hang. */
export function changeJob(db: Database, { to, where, set }: Change, eventId: string) {
  const sources: readonly JobStatus[] = SOURCES[to];
  return db
    .update(jobs)
    .set({ ...set, status: to, sequence: sql`${jobs.sequence} + 1`, lastEventId: eventId })
    .where(and(where, inArray(jobs.status, sources)))
    .returning();
}
