import { z } from 'zod';
import { HeadId, JobId, LedgerId } from '../ids.ts';
import { JobKind } from '../job-kind.ts';
import { JobStatus, Stage } from '../job-state.ts';
import { AmountMinor, Currency } from '../money.ts';
import { WAIT_MAX_SECONDS } from '../limits.ts';
import { ModelVersionId } from './models.ts';
import { CREATED_FILTERS, listOf, pageQuery } from './page.ts';
import { Problem } from './problem.ts';

/** A full snapshot of how far a job is; every snapshot replaces the one before. */
export const JobProgress = z
  .object({
    stage: Stage,
    stage_index: z.number().int(),
    stage_count: z.number().int(),
    step: z.number().int(),
    of: z.number().int(),
    fraction: z.number().describe('0 … 1 over the whole job.'),
    eta_s: z.number().nullable(),
    preview_url: z.string().nullable().describe('The newest preview picture (PNG), null before the first.'),
  })
  .meta({ id: 'JobProgress' });
export type JobProgress = z.infer<typeof JobProgress>;

/** What a job costs, and where that money is. */
export const JobBilling = z
  .object({
    state: z
      .enum(['held', 'captured', 'released'])
      .describe('Held while the job is open; captured if it succeeded, released (nothing is paid) if not.'),
    amount: AmountMinor.describe('What the job costs if it succeeds, in minor units.'),
    currency: Currency,
    price_version: z.string().describe('The price list that was in force when the job was accepted.'),
    ledger_id: LedgerId.describe('The newest ledger entry of the job: its hold, its capture or its release.'),
  })
  .meta({ id: 'JobBilling' });
export type JobBilling = z.infer<typeof JobBilling>;

/** Why a job ended without a head. */
const JobError = Problem.extend({
  charged: z.literal(false).describe('What is no success costs nothing.'),
}).meta({ id: 'JobError' });

/** One attempt-series that makes a head or edits it. */
export const Job = z
  .object({
    id: JobId,
    object: z.literal('job'),
    kind: JobKind,
    head_id: HeadId,
    model: ModelVersionId,
    seed: z.number().int().describe('Of what is made; of an export, that of its revision.'),
    status: JobStatus,
    terminal: z
      .boolean()
      .describe('True when the status will never change again; a new status cannot break an old client.'),
    attempt: z.number().int(),
    queue_position: z
      .number()
      .int()
      .nullable()
      .describe('How many of the account’s jobs go first; null unless queued.'),
    eta_s: z
      .number()
      .nullable()
      .describe(
        'Seconds until the job is likely to end: while it waits, from how long such jobs took and what goes first; then, from its runner. Null while nobody can say, and after the end.',
      ),
    progress: JobProgress.nullable(),
    error: JobError.nullable(),
    billing: JobBilling.nullable().describe('Null only for jobs from before there were prices.'),
    created_at: z.iso.datetime(),
    deadline_at: z.iso.datetime().nullable().describe('A job that waits for a runner at this time expires.'),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
    urls: z.object({ self: z.string(), events: z.string(), cancel: z.string(), head: z.string() }),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

/** Data of one SSE frame of `GET /v1/jobs/{id}/events`; `event:` is `snapshot`, `job` (a transition, with `id:`) or `progress` (no id). */
export const JobEvent = z.object({ sequence: z.number().int(), job: Job }).meta({ id: 'JobEvent' });
export type JobEvent = z.infer<typeof JobEvent>;

/** Query of `GET /v1/jobs/{id}`. */
export const JobQuery = z.strictObject({
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(WAIT_MAX_SECONDS)
    .optional()
    .describe('Answers when the job has ended, or after so many seconds. `Prefer: wait=N` says the same.'),
});

/** Query of `GET /v1/jobs`. */
export const JobListQuery = z.strictObject({
  ...pageQuery(JobId),
  status: JobStatus.optional(),
  kind: JobKind.optional(),
  head_id: HeadId.optional(),
  ...CREATED_FILTERS,
});
export type JobListQuery = z.infer<typeof JobListQuery>;

/** A page of an account's jobs, newest first. */
export const JobList = listOf(Job).meta({ id: 'JobList' });
export type JobList = z.infer<typeof JobList>;
