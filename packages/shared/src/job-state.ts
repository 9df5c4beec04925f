import { z } from 'zod';

/** `queued → running → succeeded`, with exits `failed` and `canceling → canceled`. */
export const JOB_STATUSES = ['queued', 'running', 'canceling', 'succeeded', 'failed', 'canceled'] as const;
export const JobStatus = z.enum(JOB_STATUSES);
export type JobStatus = z.infer<typeof JobStatus>;

/** States that never change again. */
export const TERMINAL_STATUSES = ['succeeded', 'failed', 'canceled'] as const satisfies readonly JobStatus[];

/** Whether a job in this state has ended for good. */
export function isTerminal(status: JobStatus): boolean {
  return (TERMINAL_STATUSES as readonly JobStatus[]).includes(status);
}

/** Stages of a running job, in order. */
export const STAGES = ['prepare', 'geometry', 'texture', 'export'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;
