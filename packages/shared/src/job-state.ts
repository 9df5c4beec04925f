import { z } from 'zod';

/** States that never change again. */
export const TERMINAL_STATUSES = ['succeeded', 'failed', 'rejected', 'canceled', 'expired'] as const;

/**
 * `queued → running → succeeded`, with exits `failed`, `rejected` (by moderation of the output), `canceling → canceled`
 * and `expired` (the deadline passed before the start).
 */
export const JOB_STATUSES = ['queued', 'running', 'canceling', ...TERMINAL_STATUSES] as const;
export const JobStatus = z.enum(JOB_STATUSES).meta({ id: 'JobStatus' });
export type JobStatus = z.infer<typeof JobStatus>;

/** Whether a job in this state has ended for good. */
export function isTerminal(status: JobStatus): boolean {
  return (TERMINAL_STATUSES as readonly JobStatus[]).includes(status);
}

/** Stages of a running job, in order. */
export const STAGES = ['prepare', 'geometry', 'texture', 'export'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;
