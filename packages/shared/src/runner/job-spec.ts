import { z } from 'zod';
import { HeadId, JobId } from '../ids.ts';
import { JobKind } from '../job-kind.ts';
import { FIRST_MODEL } from '../models.ts';
import { Preset } from '../presets.ts';
import { Rendition } from '../renditions.ts';

/** Everything that a runner needs to know to make a head, or to edit or export the one that comes as the claim's `base`. */
export const JobSpec = z.strictObject({
  job_id: JobId,
  head_id: HeadId,
  kind: JobKind,
  prompt: z.string(),
  /** Null: the teacher's own default. */
  negative_prompt: z.string().nullable(),
  seed: z.number().int(),
  preset: Preset,
  /** The version of the model that the job was accepted for: one of those that the runner has named. */
  model: z.string().default(FIRST_MODEL),
  /** Whether `head.glb` gets the template's expressions. */
  blendshapes: z.boolean().default(false),
  /** Files besides the head's own; of an export, all. */
  renditions: z.array(Rendition).max(20).default([]),
});
export type JobSpec = z.infer<typeof JobSpec>;
