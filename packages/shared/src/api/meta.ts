import { z } from 'zod';
import { listOf } from './page.ts';

/** Answer of `GET /healthz`. */
export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** Answer of `GET /v1/errors/{code}`. */
export const ErrorMeaning = z
  .object({
    code: z.string(),
    status: z.number().int().describe('The HTTP status that comes with it.'),
    title: z.string(),
    retryable: z.boolean().describe('Whether the same request may succeed later.'),
    advice: z.string().describe('Who must act, in a sentence.'),
    urls: z.object({ self: z.string() }),
  })
  .meta({ id: 'ErrorMeaning' });
export type ErrorMeaning = z.infer<typeof ErrorMeaning>;

/** Answer of `GET /v1/errors`. */
export const ErrorMeaningList = listOf(ErrorMeaning).meta({ id: 'ErrorMeaningList' });

/** Answer of `GET /v1/status`. */
export const Status = z
  .object({
    object: z.literal('status'),
    status: z
      .enum(['operational', 'slow', 'paused', 'down'])
      .describe(
        '`slow`: a job has been ready for more than 15 minutes. `paused`: new heads are not accepted. `down`: the database does not answer.',
      ),
    accepts_heads: z.boolean(),
    reason: z.string().nullable().describe('Why new heads are not accepted, in the operator’s words.'),
    queues: z
      .array(
        z.object({
          mode: z.string(),
          preset: z.string(),
          ready: z.int().describe('Jobs that wait for a runner.'),
          running: z.int(),
          oldest_ready_s: z.int().nullable().describe('How long the oldest of them has waited, seconds.'),
        }),
      )
      .describe('Queues in which something is.'),
    checked_at: z.iso.datetime(),
  })
  .meta({ id: 'Status' });
export type Status = z.infer<typeof Status>;
