import { expect, test } from 'vitest';
import type { SelfScoreInputs, SelfScoreOutputs, SelfScoreStep } from '../../onnx/self-score-step.ts';
import { createRandom } from '../../tensor/random.ts';
import { NOISE } from '../../training/scheduler-config.ts';
import { createNoiseSchedule } from '../diffusion/noise-schedule.ts';
import { type ScoredView, selfScore } from './self-score.ts';

const schedule = createNoiseSchedule(NOISE);

/** A step that remembers its inputs and answers with numbered gradients: pixel p of channel c of view b is 100b + 10c + p. */
function recordingStep(
  batch: number,
  optional: readonly string[] = [],
): { step: SelfScoreStep; seen: SelfScoreInputs[] } {
  const seen: SelfScoreInputs[] = [];
  const imageGradient = new Float32Array(batch * 3 * 4);
  imageGradient.forEach((_, i) => {
    imageGradient[i] = 100 * Math.floor(i / 12) + 10 * (Math.floor(i / 4) % 3) + (i % 4);
  });
  const latent = new Float32Array(batch).fill(3);
  const outputs: SelfScoreOutputs = {
    imageGradient,
    latentGradient: latent,
    latent,
    noiseOfText: latent,
    noiseOfNegative: latent,
  };
  const step: SelfScoreStep = {
    latentShape: [batch, 1, 1, 1],
    takes: (name) => optional.includes(name),
    run: async (inputs) => {
      seen.push(inputs);
      return outputs;
    },
    dispose: async () => {},
  };
  return { step, seen };
}

/** A view of 2 × 2 pixels; pixel p of channel c is p + c/10. */
function view(text: number, negative: number): ScoredView {
  const image = Float32Array.from({ length: 12 }, (_, i) => Math.floor(i / 3) + (i % 3) / 10);
  return {
    image,
    landmarks: image,
    text: Float32Array.of(text, text),
    negativeText: Float32Array.of(negative, negative),
    plainText: Float32Array.of(-text, -text),
  };
}

const settings = {
  guidanceScale: 7.5,
  anchor: 0.5,
  timesteps: [20, 500] as const,
  controlStrength: { target: 0.8, estimate: 0.3 },
  weighting: 'noise' as const,
};

test('pictures go in planar and their gradients come back interleaved, as a mean over the views', async () => {
  const { step, seen } = recordingStep(2);
  const { images, latentRms } = await selfScore(
    step,
    schedule,
    [view(1, 2), view(3, 4)],
    settings,
    createRandom(1),
  );
  const plane = (c: number) => [0, 1, 2, 3].map((p) => Math.fround(p + c / 10));
  expect([...seen[0].image.subarray(0, 12)]).toEqual([...plane(0), ...plane(1), ...plane(2)]);
  // View 1, pixel 2: channels 100 + 2, 110 + 2, 120 + 2, halved.
  expect([...images[1].subarray(6, 9)]).toEqual([51, 56, 61]);
  expect(latentRms).toBe(3);
});

test('each view is scored with its own words, one noise level and the weight 1 − ᾱ of that level', async () => {
  const { step, seen } = recordingStep(2);
  await selfScore(step, schedule, [view(1, 2), view(3, 4)], settings, createRandom(2));
  const [inputs] = seen;
  expect([...inputs.text]).toEqual([1, 1, 3, 3]);
  expect([...inputs.negativeText]).toEqual([2, 2, 4, 4]);
  inputs.timesteps.forEach((t, b) => {
    expect(t).toBeGreaterThanOrEqual(20);
    expect(t).toBeLessThanOrEqual(500);
    expect(inputs.alphaBar[b]).toBe(Math.fround(schedule.alphasCumprod[t]));
    expect(inputs.weights[b]).toBeCloseTo(1 - inputs.alphaBar[b], 6);
  });
  expect(inputs).toMatchObject({ guidanceScale: 7.5, anchor: 0.5, controlStrength: 0.8 });
  expect(Object.keys(inputs)).not.toContain('plainText');
});

test('a step gets the plain words, the noise of the posterior and the second control strength exactly where it takes them', async () => {
  const { step, seen } = recordingStep(1, ['plainText', 'posteriorNoise', 'estimateControlStrength']);
  await selfScore(step, schedule, [view(1, 2)], settings, createRandom(1));
  expect(seen[0]).toMatchObject({ plainText: Float32Array.of(-1, -1), estimateControlStrength: 0.3 });
  expect(seen[0].posteriorNoise).not.toEqual(seen[0].noise);
});

test('masks go in as one plane, their gradients come back in one channel, and a view without one is refused', async () => {
  const { step, seen } = recordingStep(2, ['mask']);
  const run = step.run.bind(step);
  const maskGradient = Float32Array.from({ length: 8 }, (_, i) => 2 * i);
  const withMask: SelfScoreStep = {
    ...step,
    run: async (inputs) => ({ ...(await run(inputs)), maskGradient }),
  };
  const mask = Float32Array.from({ length: 12 }, (_, i) => Math.floor(i / 3));
  const views = [view(1, 2), view(3, 4)].map((scored) => ({ ...scored, mask }));
  const { masks } = await selfScore(withMask, schedule, views, settings, createRandom(1));
  expect(seen[0].mask).toEqual(Float32Array.of(0, 1, 2, 3, 0, 1, 2, 3));
  expect(masks?.[1]).toEqual(Float32Array.of(4, 0, 0, 5, 0, 0, 6, 0, 0, 7, 0, 0));
  await expect(
    selfScore(withMask, schedule, [view(1, 2), views[1]], settings, createRandom(1)),
  ).rejects.toThrow('expected a mask of every view');
});

test('the weight of clean latents is the noise over the signal', async () => {
  const { step, seen } = recordingStep(1);
  await selfScore(step, schedule, [view(1, 2)], { ...settings, weighting: 'clean' }, createRandom(2));
  const [alphaBar] = seen[0].alphaBar;
  expect(seen[0].weights[0]).toBeCloseTo(Math.sqrt((1 - alphaBar) / alphaBar), 5);
});

test('the same seed draws the same noise and levels', async () => {
  const first = recordingStep(1);
  const second = recordingStep(1);
  await selfScore(first.step, schedule, [view(1, 2)], settings, createRandom(3));
  await selfScore(second.step, schedule, [view(1, 2)], settings, createRandom(3));
  expect(second.seen).toEqual(first.seen);
});

test('a number of views that the step was not compiled for is refused', async () => {
  const { step } = recordingStep(2);
  await expect(selfScore(step, schedule, [view(1, 2)], settings, createRandom(1))).rejects.toThrow(
    'expected 2 views, got 1',
  );
});
