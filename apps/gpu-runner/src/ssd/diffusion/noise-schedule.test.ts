import { expect, test } from 'vitest';
import { NOISE } from '../../training/scheduler-config.ts';
import { createNoiseSchedule, scoreWeight } from './noise-schedule.ts';

const stableDiffusion = createNoiseSchedule(NOISE);

test("Stable Diffusion's ᾱ has the published values", () => {
  const at = (t: number) => stableDiffusion.alphasCumprod[t];
  // Four digits of diffusers' alphas_cumprod for this configuration.
  expect(at(20)).toBeCloseTo(0.981, 3);
  expect(at(200)).toBeCloseTo(0.754, 2);
  expect(at(500)).toBeCloseTo(0.276, 2);
  expect(at(980)).toBeCloseTo(0.0058, 3);
});

test('ᾱ falls with every step and the weight w(t) = 1 − ᾱ rises', () => {
  for (let t = 1; t < 1000; t++) {
    expect(stableDiffusion.alphasCumprod[t]).toBeLessThan(stableDiffusion.alphasCumprod[t - 1]);
    expect(scoreWeight(stableDiffusion, t)).toBeGreaterThan(scoreWeight(stableDiffusion, t - 1));
  }
});

test('the linear schedule spaces β evenly', () => {
  const { alphasCumprod } = createNoiseSchedule({
    beta_start: 0.1,
    beta_end: 0.3,
    beta_schedule: 'linear',
    num_train_timesteps: 3,
  });
  expect([...alphasCumprod]).toEqual([0.9, 0.9 * 0.8, 0.9 * 0.8 * 0.7]);
});
