import { z } from 'zod';
import { SEED_MAX } from '@headwright/shared/limits';
import { Preset } from '@headwright/shared/presets';
import { Progress } from '@headwright/shared/runner/progress';
import { FileRecord } from '@headwright/shared/runner/protocol';

/** Parent → engine process: make this head, write its files below `workDirectory`. One request a process. */
export const EngineRequest = z.strictObject({
  prompt: z.string().min(1),
  /** Null: the teacher's own default. */
  negativePrompt: z.string().nullable(),
  seed: z.int().min(0).max(SEED_MAX),
  preset: Preset,
  workDirectory: z.string().min(1),
});
export type EngineRequest = z.infer<typeof EngineRequest>;

/** What an engine process has made: files that lie complete below its work directory, under their own names. */
export const EngineResult = z.strictObject({
  files: z.array(FileRecord).min(1),
  warnings: z.array(z.string()),
});
export type EngineResult = z.infer<typeof EngineResult>;

/** Engine process → parent. Only names and digests travel; bytes lie in the work directory. */
export const EngineMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('progress'), progress: Progress }),
  z.strictObject({ type: z.literal('preview'), path: z.string() }),
  z.strictObject({ type: z.literal('finished'), result: EngineResult }),
  z.strictObject({ type: z.literal('failed'), detail: z.string(), stack: z.string() }),
]);
export type EngineMessage = z.infer<typeof EngineMessage>;
