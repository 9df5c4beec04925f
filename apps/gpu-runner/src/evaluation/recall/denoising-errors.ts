import type { NoiseSchedule } from '../../ssd/diffusion/noise-schedule.ts';
import type { RandomStream } from '../../tensor/random.ts';

/** One picture for a teacher to denoise. */
export interface DenoisedView {
  /** [C, h, h] its clean latent. */
  readonly latent: Float32Array;
  /** [3, S, S] the landmark picture in [0, 1]. */
  readonly landmarks: Float32Array;
  /** [tokens, width] of each prompt with this view's words. */
  readonly texts: readonly Float32Array[];
}

/** One question to the teacher. */
export interface DenoisingRow {
  /** [C, h, h]. */
  readonly sample: Float32Array;
  readonly timestep: number;
  readonly text: Float32Array;
  readonly landmarks: Float32Array;
}

/**
 * How badly a teacher denoises pictures under each prompt: the mean of |ε(z_t; prompt) − ε|² over views, timesteps and the
 * latent. Timestep and noise are the same for all prompts, so that differences are the prompt's own.
 *
 * References: Li et al. 2023 (arXiv 2303.16203), a diffusion model as a classifier.
 */
export async function denoisingErrors(options: {
  readonly views: readonly DenoisedView[];
  readonly schedule: NoiseSchedule;
  readonly timesteps: readonly number[];
  readonly random: RandomStream;
  /** ε [C, h, h] of each row; called once a view and timestep, with a row a prompt. */
  readonly predictNoise: (rows: readonly DenoisingRow[]) => Promise<readonly Float32Array[]>;
}): Promise<number[]> {
  const { views, schedule, timesteps, random, predictNoise } = options;
  const sums = views[0].texts.map(() => 0);
  for (const [v, { latent, landmarks, texts }] of views.entries()) {
    for (const timestep of timesteps) {
      const noise = random.fork(`${v}/${timestep}`).normals(latent.length);
      const alphaBar = schedule.alphasCumprod[timestep];
      const [keep, add] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
      const sample = latent.map((value, i) => keep * value + add * noise[i]);
      const predicted = await predictNoise(texts.map((text) => ({ sample, timestep, text, landmarks })));
      predicted.forEach((epsilon, p) => {
        sums[p] += noise.reduce((sum, value, i) => sum + (epsilon[i] - value) ** 2, 0) / noise.length;
      });
    }
  }
  return sums.map((sum) => sum / (views.length * timesteps.length));
}
