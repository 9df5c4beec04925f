import type { Prediction } from '../onnx/networks/prediction.ts';

/** Stable Diffusion's noise, which every teacher here is trained under. */
export const NOISE = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  num_train_timesteps: 1000,
} as const;

/** diffusers' scheduler_config.json of a teacher that is trained here. */
export function schedulerConfig(prediction: Prediction) {
  return { _class_name: 'DDIMScheduler', ...NOISE, prediction_type: prediction };
}
