import { z } from 'zod';
import { DatasetInfo } from './dataset-files.ts';

/** Where the files lie that pictures are made of. */
export const PainterSources = z.strictObject({
  /** Folder of the head data and the landmark vertices. */
  headTemplateDirectory: z.string().min(1),
  /** Folder of the teacher whose framing, view words and landmark style the pictures follow. */
  teacherDirectory: z.string().min(1),
  /** Folder of a data set of unfinished heads, which some of the bad pictures are taken from. */
  rendersDirectory: z.string().min(1).nullable(),
});
export type PainterSources = z.infer<typeof PainterSources>;

/** What a rendering thread starts with. */
export const WorkerSetup = z.strictObject({
  directory: z.string().min(1),
  info: DatasetInfo,
  sources: PainterSources,
});
export type WorkerSetup = z.infer<typeof WorkerSetup>;

/** What a rendering thread is sent: the shard to render next. */
export const ShardNumber = z.int().min(0);

/** What a rendering thread tells: pictures drawn since the last report, or a shard on disk. */
export const WorkerReport = z.union([
  z.strictObject({ pictures: z.int().min(0) }),
  z.strictObject({ finished: ShardNumber }),
]);
export type WorkerReport = z.infer<typeof WorkerReport>;
