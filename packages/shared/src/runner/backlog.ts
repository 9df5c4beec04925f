import { z } from 'zod';

/** What waits in one pool; for whoever starts and stops runners. */
const PoolBacklog = z.strictObject({
  /** `{mode}:{preset}:{model}`, or `test` for the scripted engine. */
  pool: z.string(),
  /** Jobs that a runner may claim now. */
  ready: z.int(),
  /** Jobs with runners. */
  running: z.int(),
  /** How long the oldest ready job has been ready, seconds; null when none is. */
  oldest_ready_s: z.number().nullable(),
});

/** Answer of `GET /runner/v1/backlog`: the pools that have jobs, in the order of their names. */
export const Backlog = z.strictObject({
  pools: z.array(PoolBacklog),
  /** Queued jobs of accounts whose running slots are taken; no runner can help them. */
  waiting: z.int(),
});
export type Backlog = z.infer<typeof Backlog>;
