import { z } from 'zod';
import { Stage } from '../job-state.ts';

/** What an engine reports while it works. The preview picture travels separately (`PUT …/preview`). */
export const Progress = z.strictObject({
  stage: Stage,
  stage_index: z.int().min(0),
  stage_count: z.int().min(1),
  /** Steps done in this stage, of how many. */
  step: z.int().min(0),
  of: z.int().min(0),
  /** 0 … 1 over the whole job. */
  fraction: z.number().min(0).max(1),
  /** Seconds to the end of the job, null while unknown. */
  eta_s: z.number().min(0).nullable(),
});
export type Progress = z.infer<typeof Progress>;
