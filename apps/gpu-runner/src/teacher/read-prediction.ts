import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Prediction } from '../onnx/networks/prediction.ts';
import { parseJsonFile } from './checked-files.ts';
import { SchedulerConfig } from './scheduler-config.ts';

/** Inside a teacher's folder. */
export const SCHEDULER_PATH = 'scheduler/scheduler_config.json';

/** What the UNet in `directory` predicts, as the scheduler beside it says; diffusers' default where there is none. */
export function readPrediction(directory: string): Prediction {
  const path = join(directory, SCHEDULER_PATH);
  return existsSync(path) ? parseJsonFile(SchedulerConfig, path).prediction_type : 'epsilon';
}
