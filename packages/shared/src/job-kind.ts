import { z } from 'zod';

/** What a job does: makes a head from words, edits shape, colors or both of one, or writes it to files of another form. */
export const JOB_KINDS = ['head', 'geometry_edit', 'texture_edit', 'restyle_edit', 'export'] as const;
export const JobKind = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof JobKind>;
