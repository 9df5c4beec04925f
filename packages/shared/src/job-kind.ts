import { z } from 'zod';

/** What a job does: makes a head from words, or edits the shape or the colors of one that is finished. */
export const JOB_KINDS = ['head', 'geometry_edit', 'texture_edit'] as const;
export const JobKind = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof JobKind>;
