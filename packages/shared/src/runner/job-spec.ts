import { z } from 'zod';
import { HeadId, JobId } from '../ids.ts';
import { Preset } from '../presets.ts';

/** Everything that a runner needs to know to make a head. */
export const JobSpec = z.strictObject({
  job_id: JobId,
  head_id: HeadId,
  kind: z.literal('generate'),
  prompt: z.string(),
  /** Null: the teacher's own default. */
  negative_prompt: z.string().nullable(),
  seed: z.number().int(),
  preset: Preset,
});
export type JobSpec = z.infer<typeof JobSpec>;
