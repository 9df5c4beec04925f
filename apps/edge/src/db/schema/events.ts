import { Problem } from '@headwright/shared/api/problem';
import { JobStatus } from '@headwright/shared/job-state';
import { Progress } from '@headwright/shared/runner/progress';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';
import { jobs } from './jobs.ts';

/** What changed about a job: enough to describe it as it was at that moment. */
export const EventSnapshot = z.object({
  status: JobStatus,
  attempt: z.int(),
  queue_position: z.int().nullable(),
  /** Absent in events from before it was told. */
  eta_s: z.number().nullable().default(null),
  progress: Progress.nullable(),
  preview_count: z.int(),
  error: Problem.nullable(),
  started_at: z.int().nullable(),
  finished_at: z.int().nullable(),
});
export type EventSnapshot = z.infer<typeof EventSnapshot>;

/** Append-only: one row for each transition of a job, written in the batch that makes it. */
export const events = sqliteTable(
  'events',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id),
    /** 1, 2, 3 … within the job, without holes. */
    sequence: integer('sequence').notNull(),
    snapshot: jsonColumn('snapshot', EventSnapshot).notNull(),
    createdAt: instantMs('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('events_job_sequence').on(table.jobId, table.sequence),
    index('events_created').on(table.createdAt),
    index('events_account').on(table.accountId, table.id),
    check('events_sequence', sql`sequence >= 1`),
    check('events_snapshot', sql`json_valid(snapshot)`),
  ],
);
