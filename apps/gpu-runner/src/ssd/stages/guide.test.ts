import { expect, test } from 'vitest';
import type { SelfScoreInputs, SelfScoreStep } from '../../onnx/self-score-step.ts';
import { createRandom } from '../../tensor/random.ts';
import { NOISE } from '../../training/scheduler-config.ts';
import { createCamera } from '../cameras/camera.ts';
import { createNoiseSchedule } from '../diffusion/noise-schedule.ts';
import { SCORE_DEFAULTS } from '../distillation/score-settings.ts';
import { createRenderTarget } from '../renderer/render-target.ts';
import { createGuide, type GuideOptions } from './guide.ts';
import type { LoraEstimate } from './lora-estimate.ts';

const SIZE = 8;
const none = new Float32Array(0);
const noLandmarks = { positions: none, normals: none, depths: none, chainStarts: [0] };

/** A step of one view that remembers its inputs. */
function recordingStep(optional: readonly (keyof SelfScoreInputs)[]): {
  step: SelfScoreStep;
  seen: SelfScoreInputs[];
} {
  const seen: SelfScoreInputs[] = [];
  const latent = Float32Array.of(5);
  const step: SelfScoreStep = {
    latentShape: [1, 1, 1, 1],
    takes: (name) => optional.includes(name),
    run: async (inputs) => {
      seen.push(inputs);
      const imageGradient = new Float32Array(3 * SIZE * SIZE);
      const loraLossShare = optional.includes('lora') ? { loraLossShare: Float32Array.of(0.5) } : {};
      const outputs = { imageGradient, latentGradient: latent, latent, ...loraLossShare };
      return { ...outputs, noiseOfText: latent, noiseOfNegative: latent };
    },
    dispose: async () => {},
  };
  return { step, seen };
}

/** Options of a guide whose texts are the lengths of their words, and the texts that it asked for. */
function options(
  step: SelfScoreStep,
  changes: Partial<GuideOptions> = {},
): GuideOptions & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    step,
    schedule: createNoiseSchedule(NOISE),
    framing: {
      target: [0, 0, 0],
      fovYRad: [0.3, 0.3],
      elevationRad: [0, 0],
      distanceFactor: [1, 1],
      halfHeight: 1,
    },
    imageSize: SIZE,
    viewWords: {
      front: 'front view',
      side: 'side view',
      back: 'back view',
      frontBelowRad: 0.8,
      backAboveRad: 2.4,
    },
    promptStyle: { promptSuffix: ', normal map', negativePrompt: 'blurry, {view}' },
    prompt: 'a clown',
    negativePrompt: null,
    score: {
      ...SCORE_DEFAULTS,
      guidanceScale: 9,
      anchor: 0.5,
      weighting: 'noise',
      timesteps: [{ untilProgress: 1, range: [20, 30] }],
    },
    landmarkAnchors: noLandmarks,
    landmarkStyle: { lineWidthPx: 1, dotSizePx: 1, hiddenBelowCosine: 0, hiddenBehindDepth: 0, chains: [] },
    encodeText: async (words, ending) => {
      asked.push(words + ending);
      return Float32Array.of(asked.length);
    },
    ...changes,
  };
}

const view = (azimuthRad: number) => ({
  camera: createCamera({ azimuthRad, elevationRad: 0, fovYRad: 0.3, distance: 6, target: [0, 0, 0] }),
  target: createRenderTarget(SIZE, 1),
});

test('each view is scored under its own view words, and the negative names the same view', async () => {
  const { step, seen } = recordingStep(['plainText']);
  const given = options(step);
  const guide = await createGuide(given);
  await guide.gradients([view(0)], noLandmarks, 0, createRandom(1));
  await guide.gradients([view(Math.PI)], noLandmarks, 0, createRandom(1));
  const words = (code: Float32Array | undefined) => given.asked[(code?.[0] ?? 0) - 1];
  expect(seen.map(({ text }) => words(text))).toEqual([
    'a clown, front view, normal map',
    'a clown, back view, normal map',
  ]);
  expect(words(seen[1].negativeText)).toBe('blurry, back view');
  expect(words(seen[1].plainText)).toBe('a clown, normal map');
});

test('a guide that learns scores with what it has learned, then learns from the latents it was shown', async () => {
  const { step, seen } = recordingStep(['lora']);
  const trained: { latents: number[]; strength: number }[] = [];
  const losses: number[] = [];
  const lora: LoraEstimate = {
    parameters: Float32Array.of(0.25),
    learned: { arrays: {}, rewind: () => {} },
    train: async (_views, latents, strength) => {
      trained.push({ latents: [...latents], strength });
      lora.parameters[0] += 1;
      return 7;
    },
  };
  const score = {
    ...options(step).score,
    estimate: 'vsd' as const,
    controlStrength: { target: 1, estimate: 0.5 },
  };
  const guide = await createGuide(options(step, { lora, score, onLoraLoss: (loss) => losses.push(loss) }));
  const used: number[] = [];
  for (let k = 0; k < 2; k++) {
    await guide.gradients([view(0)], noLandmarks, 0, createRandom(1));
    used.push(trained.length);
  }
  expect(trained).toEqual([
    { latents: [5], strength: 0.5 },
    { latents: [5], strength: 0.5 },
  ]);
  expect([used, losses]).toEqual([
    [1, 2],
    [0.5, 0.5],
  ]);
  expect(seen.every(({ lora: given }) => given === lora.parameters)).toBe(true);
  expect(guide.learned).toBe(lora.learned);
});

test('a span may take a share of the guidance, the others take all of it', async () => {
  const { step, seen } = recordingStep([]);
  const timesteps = [
    { untilProgress: 0.5, range: [800, 800] as const },
    { untilProgress: 1, range: [100, 100] as const, guidanceShare: 0.25 },
  ];
  const guide = await createGuide(options(step, { score: { ...options(step).score, timesteps } }));
  for (const progress of [0.4, 0.6]) {
    await guide.gradients([view(0)], noLandmarks, progress, createRandom(1));
  }
  expect(seen.map((inputs) => [inputs.timesteps[0], inputs.guidanceScale])).toEqual([
    [800, 9],
    [100, 3],
  ]);
});
