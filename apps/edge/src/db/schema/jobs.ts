import { Problem } from '@headwright/shared/api/problem';
import { JOB_KINDS } from '@headwright/shared/job-kind';
import { JOB_STATUSES } from '@headwright/shared/job-state';
import { FIRST_MODEL } from '@headwright/shared/models';
import { OfferedFile } from '@headwright/shared/runner/protocol';
import { Progress } from '@headwright/shared/runner/progress';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { instantMs, jsonColumn } from '../columns.ts';
import { accounts } from './accounts.ts';
import { heads } from './heads.ts';

/** Where the newest checkpoint lies, which bytes it has, and whose attempt's it is. */
export const Checkpoint = OfferedFile.extend({ key: z.string(), attempt: z.int() });
export type Checkpoint = z.infer<typeof Checkpoint>;

/** One attempt-series that makes a head, edits it or exports it. `services/jobs/change-job.ts` is the only writer of `status`. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    headId: text('head_id')
      .notNull()
      .references(() => heads.id),
    kind: text('kind', { enum: JOB_KINDS }).notNull(),
    /** Mode of the key that asked. */
    mode: text('mode', { enum: ['test', 'live'] }).notNull(),
    preset: text('preset').notNull(),
    /** The version of the model that the request was resolved to: only runners that have it take the job. */
    model: text('model').notNull().default(FIRST_MODEL),
    seed: integer('seed').notNull().default(0),
    status: text('status', { enum: JOB_STATUSES }).notNull(),
    /** The pool that promotion puts the job into: `{mode}:{preset}:{model}`, `test` or `test:expire`. */
    lane: text('lane').notNull().default(''),
    /** The lane, once promoted; null while the account's running slots are taken. */
    pool: text('pool'),
    /** Order among the pool's ready jobs; null unless a runner may claim this job now. */
    readyRank: integer('ready_rank'),
    promotedAt: instantMs('promoted_at'),
    /** Attempts begun; also the folder name under tmp/{job}/. */
    attempt: integer('attempt').notNull(),
    /** Attempts that ended badly by their own fault; three of them fail the job. */
    failures: integer('failures').notNull(),
    /** SHA-256 of the fencing token of the newest attempt; kept after the end so that a repeated report is known. */
    tokenHash: text('token_hash'),
    runner: text('runner'),
    leaseExpiresAt: instantMs('lease_expires_at'),
    /** No heartbeat extends the lease beyond this. */
    attemptEndsAt: instantMs('attempt_ends_at'),
    /** A job that waits for a runner at this time expires. */
    deadlineAt: instantMs('deadline_at'),
    progress: jsonColumn('progress', Progress),
    progressAt: instantMs('progress_at'),
    /** Previews received in this attempt; the newest lies at tmp/{job}/{attempt}/preview. */
    previewCount: integer('preview_count').notNull(),
    /** From which the next attempt goes on; none once the job has ended. */
    checkpoint: jsonColumn('checkpoint', Checkpoint),
    error: jsonColumn('error', Problem),
    /** Sequence number and id of the newest row of `events`. */
    sequence: integer('sequence').notNull(),
    lastEventId: text('last_event_id').notNull().unique(),
    createdAt: instantMs('created_at').notNull(),
    startedAt: instantMs('started_at'),
    finishedAt: instantMs('finished_at'),
    /** The key that asked, itself or through a client token; null for jobs from before keys were recorded. */
    keyId: text('key_id'),
    clientTokenId: text('client_token_id'),
    endUser: text('end_user'),
    /** What the job costs if it succeeds, cents; pinned at acceptance, as are the two below. Null for jobs from before prices. */
    amountMinor: integer('amount_minor'),
    priceVersion: text('price_version'),
    /** The ledger's hold, and the capture or release that ended it. */
    holdId: text('hold_id'),
    settlementId: text('settlement_id'),
    /** Somebody has listened in the job's room, which hears of every change from then on. */
    isWatched: integer('is_watched', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    // The only index that a claim reads.
    index('jobs_ready').on(table.pool, table.readyRank, table.id).where(sql`ready_rank is not null`),
    index('jobs_open').on(table.accountId, table.pool, table.id).where(sql`finished_at is null`),
    index('jobs_leased').on(table.leaseExpiresAt).where(sql`lease_expires_at is not null`),
    index('jobs_deadline').on(table.deadlineAt).where(sql`status = 'queued'`),
    // A waiting job's place among those of its account.
    index('jobs_queued').on(table.accountId, table.id).where(sql`status = 'queued'`),
    index('jobs_account').on(table.accountId, table.mode, table.id),
    index('jobs_head').on(table.headId),
    // How long jobs take, for quotes.
    index('jobs_durations')
      .on(table.mode, table.preset, table.kind, table.finishedAt)
      .where(sql`status = 'succeeded'`),
    index('jobs_client_token').on(table.clientTokenId).where(sql`client_token_id is not null`),
    // One job at a time changes a head, so that each edit has one base; exports change nothing.
    uniqueIndex('jobs_head_open').on(table.headId).where(sql`finished_at is null and kind <> 'export'`),
    check(
      'jobs_status',
      sql`status in ('queued', 'running', 'canceling', 'succeeded', 'failed', 'rejected', 'canceled', 'expired')`,
    ),
    check('jobs_ready_rank', sql`(ready_rank is not null) = (status = 'queued' and pool is not null)`),
    check('jobs_lease', sql`(lease_expires_at is not null) = (status in ('running', 'canceling'))`),
    check(
      'jobs_finished',
      sql`(finished_at is not null) = (status not in ('queued', 'running', 'canceling'))`,
    ),
    check('jobs_error', sql`(error is not null) = (status in ('failed', 'rejected', 'expired'))`),
    check('jobs_failures', sql`failures between 0 and attempt`),
    check('jobs_sequence', sql`sequence >= 1`),
  ],
);

export type JobRow = typeof jobs.$inferSelect;
