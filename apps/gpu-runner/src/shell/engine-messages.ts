import { z } from 'zod';
import { JobKind } from '@headwright/shared/job-kind';
import { SEED_MAX } from '@headwright/shared/limits';
import { EnginePreset } from '@headwright/shared/presets';
import { Progress } from '@headwright/shared/runner/progress';
import { Rendition } from '@headwright/shared/renditions';
import { FileRecord } from '@headwright/shared/runner/protocol';

/** Parent → engine process: make, edit or export this head, write its files below `workDirectory`. One request a process. */
export const EngineRequest = z.strictObject({
  kind: JobKind,
  /** Path of the state that an edit or export starts from; null for a new head. */
  base: z.string().nullable(),
  /** Path of a checkpoint of this very head to go on from; one that does not fit is passed over. */
  resume: z.string().nullable(),
  prompt: z.string().min(1),
  /** Null: the teacher's own default. */
  negativePrompt: z.string().nullable(),
  seed: z.int().min(0).max(SEED_MAX),
  /** Kind of character and view words of a new head; an edit keeps those of its base. */
  wording: z
    .strictObject({
      character: z.enum(['real', 'unreal']).exactOptional(),
      viewWords: z.strictObject({ front: z.string(), side: z.string(), back: z.string() }).exactOptional(),
    })
    .exactOptional(),
  preset: EnginePreset,
  /** Adds the preset's refinement to a new head; the pictures it paints are kept in this folder. */
  refine: z.strictObject({ pictureDirectory: z.string().min(1) }).exactOptional(),
  /** Whether `head.glb` gets the template's expressions. */
  blendshapes: z.boolean().exactOptional(),
  /** Files besides the head's own; of an export, all. */
  renditions: z.array(Rendition).exactOptional(),
  /** The attempt's number, which only a script asks for. */
  attempt: z.int().min(1).exactOptional(),
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
  // A finished file, which the next checkpoint replaces as a whole.
  z.strictObject({ type: z.literal('checkpoint'), path: z.string() }),
  z.strictObject({ type: z.literal('finished'), result: EngineResult }),
  // `isFinal`: another attempt would do no better.
  z.strictObject({ type: z.literal('failed'), detail: z.string(), stack: z.string(), isFinal: z.boolean() }),
]);
export type EngineMessage = z.infer<typeof EngineMessage>;
