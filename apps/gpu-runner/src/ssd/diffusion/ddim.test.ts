import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { NOISE } from '../../training/scheduler-config.ts';
import { ddim } from './ddim.ts';
import { createNoiseSchedule } from './noise-schedule.ts';

const schedule = createNoiseSchedule(NOISE);
const { alphasCumprod } = schedule;

/** Reached by the wobble's first guesses, not by all. */
const LIMIT = 5;

/** Any function of sample and step that is not linear in either. */
const wobble = (x: number, t: number): number => Math.sin(3 * x) + 0.3 * x + t / 1000;

/** Equation 12 of the paper with σ = 0 and a limited x̂, one number at a time, in double precision. */
function reference(noise: number, timesteps: readonly number[]): number {
  let x = noise;
  for (const [k, t] of timesteps.entries()) {
    const epsilon = wobble(x, t);
    const free = (x - Math.sqrt(1 - alphasCumprod[t]) * epsilon) / Math.sqrt(alphasCumprod[t]);
    const clean = Math.sign(free) * Math.min(Math.abs(free), LIMIT);
    const noiseLeft = (x - Math.sqrt(alphasCumprod[t]) * clean) / Math.sqrt(1 - alphasCumprod[t]);
    const next = k + 1 < timesteps.length ? alphasCumprod[timesteps[k + 1]] : 1;
    x = Math.sqrt(next) * clean + Math.sqrt(1 - next) * noiseLeft;
  }
  return x;
}

describe('ddim', () => {
  test('equals the paper, one number at a time', async () => {
    const noise = createRandom(1).normals(50);
    const seen: number[] = [];
    const sample = await ddim({
      schedule,
      steps: 4,
      noise,
      cleanLimit: LIMIT,
      predictNoise: async (x, t) => {
        seen.push(t);
        return x.map((value) => wobble(value, t));
      },
    });
    expect(seen).toEqual([999, 749, 499, 249]);
    // Single precision: 4 steps enlarge a rounding of 1e-7 by at most 1/√ᾱ_999 ≈ 15 and the slope of the wobble.
    for (const [i, value] of sample.entries()) expect(value).toBeCloseTo(reference(noise[i], seen), 3);
  });

  test.each([1, 7, 25, 1000])(
    'with the true noise, %i steps end at the picture the noise hides',
    async (steps) => {
      const clean = Float32Array.of(0.5, -1.5, 3, 0);
      const noise = createRandom(2).normals(4);
      const sample = await ddim({
        schedule,
        steps,
        noise,
        cleanLimit: LIMIT,
        predictNoise: async (x, t) =>
          x.map(
            (value, i) => (value - Math.sqrt(alphasCumprod[t]) * clean[i]) / Math.sqrt(1 - alphasCumprod[t]),
          ),
      });
      for (const [i, value] of sample.entries()) expect(value).toBeCloseTo(clean[i], 3);
    },
  );

  test('from a picture noised to a step in between, only the steps below it are taken, and the picture returns', async () => {
    const clean = Float32Array.of(0.5, -1.5, 3, 0);
    const epsilon = createRandom(3).normals(4);
    const [signal, noisiness] = [Math.sqrt(alphasCumprod[399]), Math.sqrt(1 - alphasCumprod[399])];
    const seen: number[] = [];
    const sample = await ddim({
      schedule,
      steps: 4,
      startTimestep: 399,
      noise: clean.map((value, i) => signal * value + noisiness * epsilon[i]),
      cleanLimit: LIMIT,
      predictNoise: async (_, t) => {
        seen.push(t);
        return epsilon;
      },
    });
    expect(seen).toEqual([399, 299, 199, 99]);
    for (const [i, value] of sample.entries()) expect(value).toBeCloseTo(clean[i], 4);
  });

  test('leaves the noise as it was and tells every step', async () => {
    const noise = Float32Array.of(1, 2);
    const told: number[] = [];
    await ddim({
      schedule,
      steps: 3,
      noise,
      cleanLimit: LIMIT,
      predictNoise: async (x) => x.slice(),
      onStep: (k) => told.push(k),
    });
    expect([...noise]).toEqual([1, 2]);
    expect(told).toEqual([1, 2, 3]);
  });

  test.each([0, 1.5, 1001])('refuses %d steps', async (steps) => {
    const run = ddim({
      schedule,
      steps,
      noise: new Float32Array(1),
      cleanLimit: LIMIT,
      predictNoise: async (x) => x,
    });
    await expect(run).rejects.toThrow('expected 1 … 1000 steps');
  });
});
