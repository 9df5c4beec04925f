import { describe, expect, test } from 'vitest';
import { TINY_CLASSIFIER_CONFIG, TINY_DENOISER_SHAPE } from '../../../../test/tiny-networks.ts';
import type { SessionInput } from '../onnx/session.ts';
import { classifierObjective } from '../evaluation/classifier/classifier-objective.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from './autoencoder-config.ts';
import { autoencoderObjective } from './autoencoder-objective.ts';
import { denoiserConfigs } from './denoiser-configs.ts';
import { denoiserObjective } from './denoiser-objective.ts';
import { initialWeights } from './initial-weights.ts';
import { compileParallelTraining } from './parallel-training.ts';
import type { Objective } from './training-program.ts';

const BATCH = 4;
const random = createRandom(11);
const numbers = (...shape: number[]): SessionInput => ({
  data: random.normals(shape.reduce((product, size) => product * size, 1)),
  shape,
});

const vae = autoencoderConfig({
  latentChannels: 2,
  channels: 6,
  encoderBlocks: [0, 1],
  decoderBlocks: [1, 0],
});
interface Case {
  readonly objectiveOf: (batch: number) => Objective;
  readonly inputs: Readonly<Record<string, SessionInput>>;
}

const CASES: Readonly<Record<string, Case>> = {
  denoiser: {
    objectiveOf: (batch) =>
      denoiserObjective(
        denoiserConfigs(TINY_DENOISER_SHAPE),
        { batch, imageSize: 8, latentSize: 4, textTokens: 3 },
        { unet: initialWeights(random.fork('u')), controlnet: initialWeights(random.fork('c')) },
      ),
    inputs: {
      sample: numbers(BATCH, 2, 4, 4),
      target: numbers(BATCH, 2, 4, 4),
      timesteps: { data: Float32Array.of(40, 300, 700, 900), shape: [BATCH] },
      weights: { data: Float32Array.of(0.1, 0.3, 1, 0.7), shape: [BATCH] },
      control: { data: Float32Array.of(1, 0, 1, 1), shape: [BATCH] },
      text: numbers(BATCH, 3, 6),
      landmarks: numbers(BATCH, 3, 8, 8),
    },
  },
  autoencoder: {
    objectiveOf: (batch) =>
      autoencoderObjective(
        vae,
        { batch, imageSize: 8 },
        initialWeights(random.fork('v')),
        { pyramidWeights: [1.5, 1], momentWeight: 0 },
        initialWeights(random.fork('e')),
      ),
    inputs: { image: numbers(BATCH, 3, 8, 8), latentNoise: numbers(BATCH, 2, 4, 4) },
  },
  classifier: {
    objectiveOf: (batch) =>
      classifierObjective(TINY_CLASSIFIER_CONFIG, batch, initialWeights(random.fork('k'))),
    inputs: { image: numbers(BATCH, 3, 16, 16), targets: numbers(BATCH, 5) },
  },
};

async function step({ objectiveOf, inputs }: Case, threads: number) {
  const program = await compileParallelTraining(objectiveOf, { batch: BATCH, threads });
  const gradients = new Float32Array(program.initial.length);
  const result = await program.run(inputs, program.initial, gradients);
  await program.dispose();
  return { ...result, gradients };
}

describe.each(Object.entries(CASES))('a divided batch of the %s', (_, example) => {
  test.each([2, 4])('in %i parts has loss, metrics and gradients of the whole', async (workers) => {
    const [whole, divided] = [await step(example, 1), await step(example, workers)];
    expect(divided.loss / whole.loss).toBeCloseTo(1, 5);
    expect(divided.gradientNorm / whole.gradientNorm).toBeCloseTo(1, 5);
    expect(Object.keys(divided.metrics)).toEqual(Object.keys(whole.metrics));
    for (const [name, values] of Object.entries(whole.metrics)) {
      expect(divided.metrics[name].length).toBe(values.length);
      values.forEach((value, i) => {
        expect(divided.metrics[name][i]).toBeCloseTo(value, 4);
      });
    }
    // Float32 sums in another order: 1e-6 of the gradient's length, entry by entry.
    const apart = whole.gradients.reduce(
      (most, g, i) => Math.max(most, Math.abs(g - divided.gradients[i])),
      0,
    );
    expect(apart / whole.gradientNorm).toBeLessThan(2e-6);
  });
});

test('a divided step gives the same bytes again', async () => {
  const [first, second] = [await step(CASES['denoiser'], 2), await step(CASES['denoiser'], 2)];
  expect(second).toEqual(first);
});

test('threads that do not divide the batch make fewer parts', async () => {
  const [three, two] = [await step(CASES['denoiser'], 3), await step(CASES['denoiser'], 2)];
  expect(three).toEqual(two);
});

test('refuses no thread at all', async () => {
  await expect(step(CASES['denoiser'], 0)).rejects.toThrow(/expected one thread or more, got 0/);
});

test('a failure inside a thread reaches the caller', async () => {
  const { landmarks: _, ...inputs } = CASES['denoiser'].inputs;
  await expect(step({ ...CASES['denoiser'], inputs }, 2)).rejects.toThrow(/expected landmarks/);
});
