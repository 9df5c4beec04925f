import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { readSafetensors, toFloat32 } from '../tensor/safetensors.ts';
import { writeSafetensors } from '../tensor/write-safetensors.ts';
import type { TrainingState } from './update-parameters.ts';

/** A training at rest: all randomness is a function of seed and step, so this is everything. */
export interface Checkpoint {
  readonly state: TrainingState;
  /** Time trained so far, over all runs. */
  readonly elapsedMs: number;
  /** What was trained; a checkpoint of anything else is refused. */
  readonly description: string;
}

const ARRAYS = ['parameters', 'mean', 'variance', 'average'] as const;
const KEPT = 2;

/** Writes a checkpoint whole or not at all, then removes all but the two newest. */
export async function saveCheckpoint(directory: string, checkpoint: Checkpoint): Promise<void> {
  const { state, elapsedMs, description } = checkpoint;
  const tensors = new Map(
    ARRAYS.map((name) => {
      const values = state[name];
      return [name, { dtype: 'F32', shape: [values.length], values } as const];
    }),
  );
  const metadata = { step: `${state.step}`, elapsedMs: `${elapsedMs}`, description };
  await writeFileWhole(checkpointPath(directory, state.step), writeSafetensors(tensors, metadata));
  for (const old of checkpointPaths(directory).slice(KEPT)) rmSync(old);
}

/** Where the newest checkpoint of a folder lies, or null when it has none. */
export function newestCheckpointPath(directory: string): string | null {
  return checkpointPaths(directory)[0] ?? null;
}

/** The newest checkpoint of a folder, of `description` or, without one, of anything; null when it has none. */
export function loadCheckpoint(directory: string, description?: string): Checkpoint | null {
  const path = newestCheckpointPath(directory);
  if (path === null) return null;
  const { entries, metadata } = readSafetensors(readFileSync(path));
  const found = metadata.get('description') ?? '';
  if (description !== undefined && found !== description) {
    throw new Error(
      `loadCheckpoint: ${path}: expected a training of ${description}, got ${found}; choose another --out`,
    );
  }
  const array = (name: (typeof ARRAYS)[number]): Float32Array => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`loadCheckpoint: ${path}: expected the tensor ${name}`);
    return toFloat32(name, entry);
  };
  return {
    state: {
      step: Number(metadata.get('step')),
      parameters: array('parameters'),
      mean: array('mean'),
      variance: array('variance'),
      average: array('average'),
    },
    elapsedMs: Number(metadata.get('elapsedMs')),
    description: found,
  };
}

/** Newest first; an unfinished file has another ending. */
function checkpointPaths(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /^checkpoint-\d+\.safetensors$/.test(name))
    .toSorted()
    .toReversed()
    .map((name) => join(directory, name));
}

function checkpointPath(directory: string, step: number): string {
  return join(directory, `checkpoint-${String(step).padStart(8, '0')}.safetensors`);
}
