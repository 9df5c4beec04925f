import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { NOISE } from '../../training/scheduler-config.ts';
import { ddim } from './ddim.ts';
import { dpmSolver } from './dpm-solver.ts';
import { createNoiseSchedule } from './noise-schedule.ts';

const schedule = createNoiseSchedule(NOISE);
const { alphasCumprod } = schedule;

/** ε of clean samples that are normal around 0 with this variance: x_t then shrinks along a known path. */
const VARIANCE = 0.5;
const predictNoise = async (x: Float32Array, t: number): Promise<Float32Array> => {
  const alphaBar = alphasCumprod[t];
  const total = alphaBar * VARIANCE + 1 - alphaBar;
  return x.map((value) => (Math.sqrt(1 - alphaBar) * value) / total);
};

/** Where that path, the probability flow's, ends for x at the schedule's last step. */
function endOf(x: number): number {
  const alphaBar = alphasCumprod[999];
  return x * Math.sqrt(VARIANCE / (alphaBar * VARIANCE + 1 - alphaBar));
}

const noise = createRandom(1).normals(20);
const whole = { schedule, noise, cleanLimit: 100, predictNoise };

/** Largest distance from the path's end. */
function errorOf(sample: Float32Array): number {
  return Math.max(...sample.map((value, i) => Math.abs(value - endOf(noise[i]))));
}

describe('dpmSolver', () => {
  test('comes nearer to the end of a known path than ddim with as many predictions', async () => {
    const [first, second] = [await ddim({ ...whole, steps: 25 }), await dpmSolver({ ...whole, steps: 25 })];
    expect(errorOf(second)).toBeLessThan(0.5 * errorOf(first));
    expect(errorOf(await dpmSolver({ ...whole, steps: 200 }))).toBeLessThan(0.25 * errorOf(second));
  });

  test('is ddim where it has only a first and a last step', async () => {
    const [first, second] = [await ddim({ ...whole, steps: 2 }), await dpmSolver({ ...whole, steps: 2 })];
    // The same sums in another order; x̂ of the first step is its rounding times 1/√ᾱ ≈ 15.
    for (const [i, value] of second.entries()) expect(value).toBeCloseTo(first[i], 5);
  });

  test('begins where it is told and asks as often as it is told', async () => {
    const seen: number[] = [];
    await dpmSolver({
      ...whole,
      steps: 4,
      startTimestep: 399,
      predictNoise: (x, t) => {
        seen.push(t);
        return predictNoise(x, t);
      },
    });
    expect(seen).toEqual([399, 299, 199, 99]);
    await expect(dpmSolver({ ...whole, steps: 5, startTimestep: 3 })).rejects.toThrow('1 … 4 steps');
  });
});
