import { readSafetensors } from '../tensor/safetensors.ts';
import { fileBytes } from '../teacher/file-bytes.ts';
import type { TrainedPart } from '../teacher/training-record.ts';
import { openLossLog } from '../training/loss-log.ts';

/**
 * What a training's loss.csv tells about the weights it had after `step`, or at its end: their last held-out losses. Null
 * for a folder without one.
 */
export function trainedPart(
  runDirectory: string,
  weightsPaths: readonly string[],
  step?: number,
): TrainedPart | null {
  const { rows } = openLossLog(runDirectory, '', step ?? Number.POSITIVE_INFINITY);
  const last = rows.at(-1);
  if (!last) return null;
  const evaluated = rows.findLast(({ heldOut }) => Object.keys(heldOut).length > 0);
  const parameters = weightsPaths.reduce((sum, path) => sum + parameterCount(path), 0);
  return { parameters, steps: step ?? last.step, heldOut: evaluated?.heldOut ?? {} };
}

function parameterCount(path: string): number {
  const { entries } = readSafetensors(fileBytes(path));
  const counts = Array.from(entries.values(), ({ shape }) => shape.reduce((a, b) => a * b, 1));
  return counts.reduce((sum, count) => sum + count, 0);
}
