/**
 * A head in the making: where its next run goes on, and ends with the same bytes as one that was never stopped.
 *
 * One safetensors file of format `headwright-checkpoint/1` or `/2`. Randomness is a function of seed, stage and step, so the
 * parameters, the optimizers' moments and the step are all of it, and once the shape is frozen also the shape.
 *
 * References: docs/engine-state.md.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { TriangleMesh } from '../mesh.ts';
import { HeadRecipe } from './head-recipe.ts';
import type { StageSnapshot } from './stage-snapshot.ts';
import { encodeStateFile, formatOf, openStateFile, type StateFile } from './state-file.ts';

export interface Checkpoint {
  readonly recipe: HeadRecipe;
  readonly stage: 'geometry' | 'texture' | 'refine';
  /** Null before the stage's first step. */
  readonly snapshot: StageSnapshot | null;
  /** What the geometry stage left behind; null while it runs. */
  readonly shape: { readonly mesh: TriangleMesh; readonly distance: Float32Array } | null;
  /** Time spent so far over all runs, by stage, seconds. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Reports of steps that were retried. */
  readonly retries: readonly string[];
  /** How well the field was fitted to the template before the first step, by measure; null where it was not. */
  readonly fit: Readonly<Record<string, number>> | null;
}

/** A checkpoint that this head cannot go on from: another head's, another version's, or a damaged one. */
export class CheckpointRefusal extends Error {
  override readonly name = 'CheckpointRefusal';
}

const KIND = 'headwright-checkpoint';
const ARRAY_PREFIX = 'stage/';

const Progress = z.strictObject({
  stage: z.enum(['geometry', 'texture', 'refine']),
  snapshot: z
    .strictObject({ step: z.int().min(0), learningRateScale: z.number().positive().max(1) })
    .nullable(),
  seconds: z.record(z.string(), z.number().min(0)),
  retries: z.array(z.string()),
  fit: z.record(z.string(), z.number()).exactOptional(),
});

/** Writes a checkpoint. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { recipe, stage, snapshot, shape, seconds, retries, fit } = checkpoint;
  const tensors = new Map<string, Float32Array | Uint32Array>();
  if (shape !== null) {
    tensors.set('mesh/positions', shape.mesh.positions);
    tensors.set('mesh/indices', shape.mesh.indices);
    tensors.set('distance', shape.distance);
  }
  for (const [name, array] of Object.entries(snapshot?.arrays ?? {})) {
    tensors.set(`${ARRAY_PREFIX}${name}`, array);
  }
  const progress: z.infer<typeof Progress> = {
    stage,
    snapshot: snapshot && { step: snapshot.step, learningRateScale: snapshot.learningRateScale },
    seconds,
    retries: [...retries],
    ...(fit ? { fit: { ...fit } } : {}),
  };
  return encodeStateFile(formatOf(KIND, recipe), recipe, tensors, { progress: JSON.stringify(progress) });
}

/** Reads a checkpoint of the head of `recipe`; throws a `CheckpointRefusal` that says what came and what is expected. */
export function decodeCheckpoint(bytes: Uint8Array, recipe: HeadRecipe): Checkpoint {
  try {
    const file = openStateFile(KIND, bytes);
    refuseOtherHead(file.recipe, recipe);
    const progress = Progress.parse(JSON.parse(file.note('progress')));
    const { stage, seconds, retries, fit = null } = progress;
    return {
      recipe: file.recipe,
      stage,
      snapshot: progress.snapshot && { ...progress.snapshot, arrays: stageArrays(file) },
      shape: stage === 'geometry' ? null : readShape(file),
      seconds,
      retries,
      fit,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CheckpointRefusal(`decodeCheckpoint: ${message}`, { cause: error });
  }
}

function readShape(file: StateFile): Checkpoint['shape'] {
  const mesh = { positions: file.floats('mesh/positions'), indices: file.integers('mesh/indices') };
  return { mesh, distance: file.floats('distance') };
}

function stageArrays(file: StateFile): Record<string, Float32Array> {
  const names = file.names.filter((name) => name.startsWith(ARRAY_PREFIX));
  return Object.fromEntries(names.map((name) => [name.slice(ARRAY_PREFIX.length), file.floats(name)]));
}

/**
 * What makes two heads differ, how a person would call it, and whether an error may show it: not a customer's words, since
 * errors reach logs, and not the settings, which are a page long.
 */
const IDENTITY: readonly (readonly [keyof HeadRecipe, string, 'shown' | 'hidden'])[] = [
  ['prompt', 'the prompt', 'hidden'],
  ['negativePrompt', 'the negative prompt', 'hidden'],
  ['wording', 'the words for character and views', 'hidden'],
  ['seed', 'the seed', 'shown'],
  ['preset', 'the preset', 'shown'],
  ['teacher', 'the teacher', 'shown'],
  ['headTemplateSha256', 'the head template', 'shown'],
  ['box', 'the box', 'shown'],
  ['settings', 'the settings', 'hidden'],
  ['edits', 'the edits', 'hidden'],
];

function refuseOtherHead(found: HeadRecipe, wanted: HeadRecipe): void {
  // As it would come out of a file, where entries that are undefined are no entries.
  const expected = HeadRecipe.parse(JSON.parse(JSON.stringify(wanted)));
  for (const [key, words, detail] of IDENTITY) {
    if (isDeepStrictEqual(found[key], expected[key])) continue;
    const [came, want] = [JSON.stringify(found[key]), JSON.stringify(expected[key])];
    const both = detail === 'shown' ? `${want}, got ${came}` : 'of this head, got others';
    throw new Error(`expected a checkpoint of ${words} ${both}`);
  }
}
