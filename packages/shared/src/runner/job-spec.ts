import { z } from 'zod';
import { HeadId, JobId } from '../ids.ts';
import { JobKind } from '../job-kind.ts';
import { Preset } from '../presets.ts';

/** Everything that a runner needs to know to make a head, or to edit the one that comes as the claim's `base`. */
export const JobSpec = z.strictObject({
  job_id: JobId,
  head_id: HeadId,
  kind: JobKind,
  prompt: z.string(),
  /** Null: the teacher's own default. */
  negative_prompt: z.string().nullable(),
  seed: z.number().int(),
  preset: Preset,
});
export type JobSpec = z.infer<typeof JobSpec>;
