import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { instantMs } from '../columns.ts';
import { accounts } from './accounts.ts';
import { jobs } from './jobs.ts';

/** One refusal by moderation. It says who and of what kind; the words that were refused are not kept. */
export const moderationFlags = sqliteTable(
  'moderation_flags',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    /** The developer's own name of the person who asked; null when the account asked for itself. */
    endUser: text('end_user'),
    stage: text('stage', { enum: ['prompt', 'output'] }).notNull(),
    /** The last part of the error code: `sexual`, `hate` …; `output` for a picture. */
    category: text('category').notNull(),
    /** The job whose picture was refused; a refused prompt makes no job. */
    jobId: text('job_id').references(() => jobs.id),
    createdAt: instantMs('created_at').notNull(),
    /** What the developer says against it. */
    appeal: text('appeal'),
    appealedAt: instantMs('appealed_at'),
    /** Set by an operator who takes the refusal back: it counts no longer. */
    dismissedAt: instantMs('dismissed_at'),
  },
  (table) => [
    // What each create counts.
    index('moderation_flags_recent').on(table.accountId, table.mode, table.createdAt),
    uniqueIndex('moderation_flags_job').on(table.jobId),
    check('moderation_flags_mode', sql`mode in ('test', 'live')`),
    check(
      'moderation_flags_stage',
      sql`(stage = 'prompt' and job_id is null) or (stage = 'output' and job_id is not null)`,
    ),
    check('moderation_flags_appeal', sql`(appeal is null) = (appealed_at is null)`),
  ],
);
