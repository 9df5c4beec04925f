import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { readPrediction } from '../teacher/read-prediction.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { DenoiserTraining } from './training-config.ts';

/** The config of the training that made the networks in a folder, as `--config` takes it. */
export const DENOISER_CONFIG = 'denoiser.json';

/** What a UNet and its ControlNet predict and are used to. */
export type DenoiserConventions = Pick<DenoiserTraining, 'prediction' | 'textScale'>;

/** The conventions of the networks in a training's folder, or in a teacher's. */
export function denoiserConventions(directory: string): DenoiserConventions {
  const config = join(directory, DENOISER_CONFIG);
  if (existsSync(config)) {
    const { prediction, textScale } = parseJsonFile(DenoiserTraining, config);
    return { prediction, textScale };
  }
  const teacher = join(directory, 'teacher.json');
  const textScale = existsSync(teacher) ? parseJsonFile(TeacherManifest, teacher).text.scale : 1;
  return { prediction: readPrediction(directory), textScale };
}
