import { expect, test } from 'vitest';
import type { LoraInputs, LoraStep } from '../../onnx/lora-step.ts';
import { createRandom } from '../../tensor/random.ts';
import { NOISE } from '../../training/scheduler-config.ts';
import { createNoiseSchedule } from '../diffusion/noise-schedule.ts';
import type { ScoredView } from '../distillation/self-score.ts';
import { createLoraEstimate } from './lora-estimate.ts';

const schedule = createNoiseSchedule(NOISE);
const settings = { rank: 2, learningRate: 0.1, plainShare: 0.5 };

/** Two parameters whose loss is the square of their distance from 1, and what it was given. */
function quadraticStep(): { step: LoraStep; seen: LoraInputs[] } {
  const seen: LoraInputs[] = [];
  const step: LoraStep = {
    parameterCount: 2,
    initial: () => Float32Array.of(0, 3),
    run: async (inputs, gradient) => {
      seen.push(inputs);
      inputs.lora.forEach((p, i) => {
        gradient[i] = 2 * (p - 1);
      });
      return inputs.lora.reduce((sum, p) => sum + (p - 1) ** 2, 0);
    },
    dispose: async () => {},
  };
  return { step, seen };
}

const picture = new Float32Array(12).fill(0.5);
const view: ScoredView = {
  image: picture,
  landmarks: picture,
  text: Float32Array.of(1),
  negativeText: Float32Array.of(2),
  plainText: Float32Array.of(3),
};

test('the loss falls, step by step, on what is trained along', async () => {
  const estimate = createLoraEstimate(quadraticStep().step, schedule, settings, createRandom(1));
  const losses: number[] = [];
  for (let k = 0; k < 8; k++) {
    losses.push(await estimate.train([view], new Float32Array(4), 1, createRandom(k)));
  }
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
  expect(losses[7]).toBeLessThan(losses[0] / 2);
});

test('the noise is its own, the levels are those of the whole schedule, and some views have no view words', async () => {
  const { step, seen } = quadraticStep();
  const estimate = createLoraEstimate(step, schedule, settings, createRandom(1));
  for (let k = 0; k < 200; k++) await estimate.train([view], new Float32Array(4), 0.3, createRandom(k));
  const levels = seen.map(({ timesteps }) => timesteps[0]);
  expect(Math.min(...levels)).toBeLessThan(50);
  expect(Math.max(...levels)).toBeGreaterThan(950);
  seen.forEach(({ alphaBar, timesteps }) => {
    expect(alphaBar[0]).toBe(Math.fround(schedule.alphasCumprod[timesteps[0]]));
  });
  const plain = seen.filter(({ text }) => text[0] === 3).length;
  // 100 expected, standard deviation 7.
  expect(Math.abs(plain - 100)).toBeLessThan(30);
  expect(new Set(seen.map(({ text }) => text[0]))).toEqual(new Set([1, 3]));
  expect(seen[0].noise).not.toEqual(seen[1].noise);
  expect(seen[0].controlStrength).toBe(0.3);
});

test('a snapshot of what was learned goes on with the same numbers', async () => {
  const train = (estimate: ReturnType<typeof createLoraEstimate>, k: number) =>
    estimate.train([view], new Float32Array(4), 1, createRandom(k));
  const unbroken = createLoraEstimate(quadraticStep().step, schedule, settings, createRandom(1));
  for (let k = 0; k < 3; k++) await train(unbroken, k);
  const copies = Object.entries(unbroken.learned.arrays).map(
    ([name, array]) => [name, array.slice()] as const,
  );
  const resumed = createLoraEstimate(quadraticStep().step, schedule, settings, createRandom(9));
  for (const [name, array] of copies) resumed.learned.arrays[name].set(array);
  resumed.learned.rewind(3);
  await train(unbroken, 3);
  await train(resumed, 3);
  expect(resumed.parameters).toEqual(unbroken.parameters);
});
