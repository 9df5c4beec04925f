import type { DdimOptions } from './ddim.ts';
import { trailingTimesteps } from './trailing-timesteps.ts';

/**
 * Turns noise into a clean sample by DPM-Solver++ of second order, in several steps (2M), with x̂ predicted:
 *
 *     λ = ln(√ᾱ / √(1−ᾱ))      h = λ_s − λ_t      r = h_before / h
 *     D = (1 + 1/(2r))·x̂_t − 1/(2r)·x̂_before      x_s = √(1−ᾱ_s)/√(1−ᾱ_t)·x_t − √ᾱ_s·(e^(−h) − 1)·D
 *
 * The first step is of first order, which is DDIM's, and so is the last, to ᾱ = 1. Takes the steps of `ddim`.
 * References: Lu et al. 2022 (arXiv 2211.01095), algorithm 2.
 */
export async function dpmSolver({
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
  const logSnrAt = (k: number): number => {
    const alphaBar = alphasCumprod[timesteps[k]];
    return 0.5 * Math.log(alphaBar / (1 - alphaBar));
  };
  const sample = noise.slice();
  const clean = new Float32Array(sample.length);
  const cleanBefore = new Float32Array(sample.length);
  for (let k = 0; k < steps; k++) {
    // (1) x̂.
    const epsilon = await predictNoise(sample, timesteps[k]);
    const alphaBar = alphasCumprod[timesteps[k]];
    const [signal, noisiness] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
    cleanBefore.set(clean);
    for (let i = 0; i < sample.length; i++) {
      const free = (sample[i] - noisiness * epsilon[i]) / signal;
      clean[i] = Math.min(cleanLimit, Math.max(-cleanLimit, free));
    }
    onStep?.(k + 1);
    if (k + 1 === steps) break;

    // (2) The next sample.
    const alphaBarNext = alphasCumprod[timesteps[k + 1]];
    const h = logSnrAt(k + 1) - logSnrAt(k);
    const ahead = k === 0 ? 0 : h / (2 * (logSnrAt(k) - logSnrAt(k - 1)));
    const keep = Math.sqrt(1 - alphaBarNext) / noisiness;
    const pull = -Math.sqrt(alphaBarNext) * Math.expm1(-h);
    for (let i = 0; i < sample.length; i++) {
      sample[i] = keep * sample[i] + pull * ((1 + ahead) * clean[i] - ahead * cleanBefore[i]);
    }
  }
  return clean;
}
