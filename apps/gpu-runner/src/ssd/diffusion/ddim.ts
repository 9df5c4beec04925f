import type { NoiseSchedule } from './noise-schedule.ts';
import { trailingTimesteps } from './trailing-timesteps.ts';

/** What deterministic denoising needs. */
export interface DdimOptions {
  readonly schedule: NoiseSchedule;
  /** Predictions to make, at most one for each step of the schedule up to `startTimestep`. */
  readonly steps: number;
  /** Where denoising begins; the schedule's last step when left out. */
  readonly startTimestep?: number | undefined;
  /** The sample at `startTimestep`, standard normal noise at the last one, of any shape; not changed. */
  readonly noise: Float32Array;
  /**
   * Largest |x̂|, what clean samples stay within. At the noisiest steps x̂ is ε's error times 1/√ᾱ, about 15: without a
   * limit one wrong guess there decides the picture.
   */
  readonly cleanLimit: number;
  /** ε for this noisy sample at step `timestep` of the schedule, same shape. */
  predictNoise(sample: Float32Array, timestep: number): Promise<Float32Array>;
  /** Told after each prediction. */
  readonly onStep?: (done: number) => void;
}

/**
 * Turns noise into a clean sample by deterministic DDIM (η = 0):
 *
 *     x̂ = (x_t − √(1−ᾱ_t)·ε) / √ᾱ_t        x_s = √ᾱ_s·x̂ + √(1−ᾱ_s)·ε
 *
 * Steps are spaced evenly and begin at the schedule's last one, where a sample is nearest to pure noise; after step 0 comes
 * ᾱ = 1. References: Song et al. 2021 (arXiv 2010.02502), equation 12; Lin et al. 2024 (arXiv 2305.08891), section 3.3
 * for "trailing" steps.
 */
export async function ddim({
  schedule,
  steps,
  startTimestep = schedule.alphasCumprod.length - 1,
  noise,
  cleanLimit,
  predictNoise,
  onStep,
}: DdimOptions): Promise<Float32Array> {
  const { alphasCumprod } = schedule;
  const timesteps = trailingTimesteps(steps, startTimestep);
  const sample = noise.slice();
  for (let k = 0; k < steps; k++) {
    const epsilon = await predictNoise(sample, timesteps[k]);
    const alphaBar = alphasCumprod[timesteps[k]];
    const alphaBarNext = k + 1 < steps ? alphasCumprod[timesteps[k + 1]] : 1;
    const signal = Math.sqrt(alphaBar);
    const noisiness = Math.sqrt(1 - alphaBar);
    for (let i = 0; i < sample.length; i++) {
      const free = (sample[i] - noisiness * epsilon[i]) / signal;
      const clean = Math.min(cleanLimit, Math.max(-cleanLimit, free));
      // The noise that goes with a limited x̂, which is ε itself where nothing was limited.
      const rest = (sample[i] - signal * clean) / noisiness;
      sample[i] = Math.sqrt(alphaBarNext) * clean + Math.sqrt(1 - alphaBarNext) * rest;
    }
    onStep?.(k + 1);
  }
  return sample;
}
