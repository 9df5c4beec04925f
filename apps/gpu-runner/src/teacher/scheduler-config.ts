import { z } from 'zod';

/** What is read of diffusers' scheduler/scheduler_config.json; fields of its own pass. */
export const SchedulerConfig = z.looseObject({
  beta_start: z.number().positive(),
  beta_end: z.number().positive(),
  beta_schedule: z.enum(['linear', 'scaled_linear']),
  num_train_timesteps: z.int().positive(),
  prediction_type: z.enum(['epsilon', 'v_prediction']).default('epsilon'),
});
