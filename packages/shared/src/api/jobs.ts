import { z } from 'zod';
import { HeadId, JobId } from '../ids.ts';
import { JobKind } from '../job-kind.ts';
import { JobStatus, Stage } from '../job-state.ts';
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

/** One attempt-series that makes a head or edits it. */
export const Job = z
  .object({
    id: JobId,
    object: z.literal('job'),
    kind: JobKind,
    head_id: HeadId,
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
    progress: JobProgress.nullable(),
    error: Problem.nullable(),
    created_at: z.iso.datetime(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
    urls: z.object({ self: z.string(), events: z.string(), cancel: z.string(), head: z.string() }),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

/** Data of one SSE frame of `GET /v1/jobs/{id}/events`; `event:` is `snapshot`, `job` (a transition, with `id:`) or `progress` (no id). */
export const JobEvent = z.object({ sequence: z.number().int(), job: Job }).meta({ id: 'JobEvent' });
export type JobEvent = z.infer<typeof JobEvent>;
