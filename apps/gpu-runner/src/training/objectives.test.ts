import { describe, expect, test } from 'vitest';
import { TINY_DENOISER_SHAPE } from '../../../../test/tiny-networks.ts';
import type { SessionInput } from '../onnx/session.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from './autoencoder-config.ts';
import { autoencoderObjective } from './autoencoder-objective.ts';
import { denoiserConfigs } from './denoiser-configs.ts';
import { denoiserObjective } from './denoiser-objective.ts';
import { initialWeights } from './initial-weights.ts';
import { compileEvaluation, compileTraining, parameterLayout, type Objective } from './training-program.ts';

const random = createRandom(7);
const numbers = (...shape: number[]): SessionInput => ({
  data: random.normals(shape.reduce((product, size) => product * size, 1)),
  shape,
});

const denoiser = (frozen: readonly 'unet'[] = []) => {
  const configs = denoiserConfigs(TINY_DENOISER_SHAPE);
  // No zeros: a ControlNet that is still nothing would hide a wrong gradient.
  const sources = { unet: initialWeights(random.fork('u')), controlnet: initialWeights(random.fork('c')) };
  return denoiserObjective(
    configs,
    { batch: 2, imageSize: 8, latentSize: 4, textTokens: 3 },
    sources,
    frozen,
  );
};
const denoiserInputs = {
  sample: numbers(2, 2, 4, 4),
  target: numbers(2, 2, 4, 4),
  timesteps: { data: Float32Array.of(40, 700), shape: [2] },
  weights: { data: Float32Array.of(0.3, 1), shape: [2] },
  control: { data: Float32Array.of(1, 0), shape: [2] },
  text: numbers(2, 3, 6),
  landmarks: numbers(2, 3, 8, 8),
};
const autoencoder = () =>
  autoencoderObjective(
    autoencoderConfig({ latentChannels: 2, channels: 6, encoderBlocks: [0, 1], decoderBlocks: [1, 0] }),
    { batch: 2, imageSize: 8 },
    initialWeights(random.fork('vae')),
    { pyramidWeights: [1.5, 1], momentWeight: 0.1 },
  );
const autoencoderInputs = { image: numbers(2, 3, 8, 8), latentNoise: numbers(2, 2, 4, 4) };

/** |analytic − numeric| over |analytic| along a random direction through all parameters. */
async function directionalError(objective: Objective, inputs: Record<string, SessionInput>): Promise<number> {
  const program = await compileTraining(objective, { threads: 1 });
  const gradients = new Float32Array(program.initial.length);
  const { gradientNorm } = await program.run(inputs, program.initial, gradients);
  const length = Math.sqrt(gradients.reduce((sum, g) => sum + g * g, 0));
  expect(gradientNorm / length).toBeCloseTo(1, 5);
  // Half along the gradient, so that the derivative stands out of float32's rounding.
  const noise = random.normals(gradients.length);
  const along = gradients.map((g, i) => g / length + noise[i] / Math.sqrt(gradients.length));
  const step = 2e-3;
  const lossAt = async (sign: number): Promise<number> => {
    const moved = program.initial.map((p, i) => p + sign * step * along[i]);
    return (await program.run(inputs, moved, new Float32Array(gradients.length))).loss;
  };
  const numeric = ((await lossAt(1)) - (await lossAt(-1))) / (2 * step);
  const analytic = gradients.reduce((sum, g, i) => sum + g * along[i], 0);
  await program.dispose();
  return Math.abs(numeric - analytic) / Math.abs(analytic);
}

describe("the denoiser's loss", () => {
  test('has the gradient of its differences', async () => {
    // About 1e-7 of the loss over a step of 2e-3: 1e-4, and as much from the step itself.
    expect(await directionalError(denoiser(), denoiserInputs)).toBeLessThan(2e-3);
  });

  test('is the weighted mean of the samples, which see landmarks only where control is kept', async () => {
    const program = await compileEvaluation(denoiser(), { threads: 1 });
    const { layout } = program;
    const weights = random.normals(layout.at(-1)?.end ?? 0).map((v) => 0.1 * v);
    const { loss, errors } = await program.run(denoiserInputs, weights);
    expect(loss[0]).toBeCloseTo((0.3 * errors[0] + errors[1]) / 2, 5);
    const other = await program.run({ ...denoiserInputs, landmarks: numbers(2, 3, 8, 8) }, weights);
    expect(other['errors'][0]).not.toBe(errors[0]);
    expect(other['errors'][1]).toBe(errors[1]);
  });

  test('trains the ControlNet alone when the UNet is frozen', async () => {
    const names = parameterLayout(denoiser(['unet'])).map(({ name }) => name);
    const all = parameterLayout(denoiser()).map(({ name }) => name);
    expect(names).toEqual(all.filter((name) => name.startsWith('controlnet/')));
    expect(await directionalError(denoiser(['unet']), denoiserInputs)).toBeLessThan(2e-3);
  });
});

describe("the autoencoder's loss", () => {
  test('has the gradient of its differences', async () => {
    // Kinks of |Δ| and ReLU under the step add to float32's rounding.
    expect(await directionalError(autoencoder(), autoencoderInputs)).toBeLessThan(2e-2);
  });

  test('reports the mean absolute error of every picture', async () => {
    const program = await compileEvaluation(autoencoder(), { threads: 1 });
    const initial = random.normals(program.layout.at(-1)?.end ?? 0).map((v) => 0.1 * v);
    const darker = { ...autoencoderInputs, image: { ...autoencoderInputs.image } };
    darker.image.data = autoencoderInputs.image.data.map((v, i) => (i < 192 ? v : v + 100));
    const [here, there] = [await program.run(autoencoderInputs, initial), await program.run(darker, initial)];
    expect(there['errors'][0]).toBeCloseTo(here['errors'][0], 5);
    expect(there['errors'][1]).toBeGreaterThan(50);
  });
});
