import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { newestCheckpointPath } from '../training/checkpoint.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';

export const WEIGHTS_NAME = 'diffusion_pytorch_model.safetensors';

/** A network as a training wrote it at its end. */
export interface ExportedNetwork {
  readonly config: Readonly<Record<string, unknown>>;
  readonly weightsPath: string;
  /** Folder of the training: loss.csv and checkpoints are there, if anywhere. */
  readonly runDirectory: string;
}

/** The exported `part` in DIR/part or in DIR itself, or null. */
export function findExported(directory: string, part: string): ExportedNetwork | null {
  const folder = existsSync(join(directory, part)) ? join(directory, part) : directory;
  const weightsPath = join(folder, WEIGHTS_NAME);
  if (!existsSync(weightsPath)) return null;
  const config = parseJsonFile(z.record(z.string(), z.unknown()), join(folder, 'config.json'));
  return { config, weightsPath, runDirectory: dirname(folder) };
}

/** Whether a training went on after it had written `exported`. */
export function isOutdated({ weightsPath, runDirectory }: ExportedNetwork): boolean {
  const checkpoint = newestCheckpointPath(runDirectory);
  return checkpoint !== null && statSync(checkpoint).mtimeMs > statSync(weightsPath).mtimeMs;
}
