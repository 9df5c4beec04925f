import { afterAll, describe, expect, it } from 'vitest';
import { loadNetworkFixture, numbersOf, relativeDifference } from '../../../../test/network-fixture.ts';
import { stepInputs } from '../../../../test/step-inputs.ts';
import { createRandom } from '../tensor/random.ts';
import { compileLoraStep, type LoraInputs, type LoraStep } from './lora-step.ts';
import { loraLayout } from './networks/lora.ts';
import { parseUNet } from './networks/unet-2d-condition-model.ts';
import { PLAIN_SCORE_FORM } from './score-form.ts';
import { compileSelfScoreStep } from './self-score-step.ts';

const RANK = 2;

describe.each(['conv-projection', 'linear-projection'])('low-rank updates of %s', (name) => {
  const fixture = loadNetworkFixture(name);
  const shape = { batch: 1, imageSize: fixture.imageSize, textTokens: fixture.textTokens };
  let compiled: Promise<LoraStep> | undefined;
  const compile = (): Promise<LoraStep> => {
    compiled ??= compileLoraStep(fixture.networks, shape, RANK);
    return compiled;
  };
  afterAll(async () => {
    await (await compiled)?.dispose();
  });

  const { noise, timesteps, alphaBar, text, landmarks, controlStrength } = stepInputs(fixture, false);
  const batch: Omit<LoraInputs, 'lora'> = {
    latent: numbersOf('latent', noise.length),
    noise,
    timesteps,
    alphaBar,
    text,
    landmarks,
    controlStrength,
  };

  it('change every attention projection of the UNet and nothing else', () => {
    const { layers, parameterCount } = loraLayout(parseUNet(fixture.networks.unet.config), RANK);
    const projections = fixture.keys.unet.filter((key) => /\.attn[12]\.to_(q|k|v|out\.0)\.weight$/.test(key));
    expect(layers.map(({ key }) => `${key}.weight`).toSorted()).toEqual(projections.toSorted());
    for (const { key, inputs, outputs } of layers) {
      expect(fixture.networks.unet.weights.find(`${key}.weight`)?.shape).toEqual([outputs, inputs]);
    }
    const last = layers[layers.length - 1];
    expect(parameterCount).toBe(last.start + RANK * (last.inputs + last.outputs));
  });

  it('that are zero leave the bare UNet: `vsd` is `ssd`, and others are not', async () => {
    const [ssd, vsd] = await Promise.all(
      (['ssd', 'vsd'] as const).map((estimate) =>
        compileSelfScoreStep(fixture.networks, shape, { ...PLAIN_SCORE_FORM, estimate, loraRank: RANK }),
      ),
    );
    const inputs = stepInputs(fixture, ssd.takes('posteriorNoise'));
    const expected = (await ssd.run(inputs)).latentGradient.slice();
    const lora = (await compile()).initial(createRandom(1));
    const bare = await vsd.run({ ...inputs, lora });
    expect(relativeDifference(bare.latentGradient, expected)).toBeLessThan(1e-4);
    expect(bare.loraLossShare?.[0]).toBeCloseTo(1, 5);
    const trained = numbersOf('lora', lora.length, (u) => u / 4);
    const other = await vsd.run({ ...inputs, lora: trained });
    expect(relativeDifference(other.latentGradient, expected)).toBeGreaterThan(1e-3);

    // At s = 1 and λ = 0 the gradient is w·(ε_text − ε_LoRA), which tells ε_LoRA.
    const { latentGradient, noiseOfText, loraLossShare } = await vsd.run({
      ...inputs,
      lora: trained,
      guidanceScale: 1,
      anchor: 0,
    });
    const squaredError = (predicted: Float32Array): number =>
      predicted.reduce((sum, value, i) => sum + (value - inputs.noise[i]) ** 2, 0);
    const noiseOfLora = noiseOfText.map((value, i) => value - latentGradient[i] / inputs.weights[0]);
    const share = squaredError(noiseOfLora) / squaredError(noiseOfText);
    // Updates of these weights move it by some 1e-4; what comes out is that to float32's rounding.
    expect(Math.abs(share - 1)).toBeGreaterThan(1e-4);
    expect(Math.abs((loraLossShare?.[0] ?? 0) - share)).toBeLessThan(0.05 * Math.abs(share - 1));
    await ssd.dispose();
    await vsd.dispose();
  });

  it('have the gradient of their loss by finite differences', async () => {
    const step = await compile();
    const lora = numbersOf('lora', step.parameterCount, (u) => u / 4);
    const gradient = new Float32Array(step.parameterCount);
    await step.run({ ...batch, lora }, gradient);
    // Half at random and half uphill, where the loss changes by more than float32's rounding.
    const uphill = Math.sqrt(gradient.length / 3) / Math.hypot(...gradient);
    const along = numbersOf('direction', gradient.length).map((r, i) => r + uphill * gradient[i]);
    const analytic = gradient.reduce((sum, g, i) => sum + g * along[i], 0);
    const size = 2e-4;
    const lossAt = (h: number): Promise<number> =>
      step.run({ ...batch, lora: lora.map((v, i) => v + h * along[i]) }, new Float32Array(lora.length));
    const numeric = ((await lossAt(size)) - (await lossAt(-size))) / (2 * size);
    // float32 leaves about 1e-7 of the loss over the step, the curvature about its square.
    expect(Math.abs(numeric - analytic)).toBeLessThan(2e-3 * Math.abs(analytic));
    const { layers } = loraLayout(parseUNet(fixture.networks.unet.config), RANK);
    // Queries and keys of a latent of one pixel have none: attention to one thing is attention to all.
    for (const { key, start, inputs, outputs } of layers.filter((layer) =>
      /to_(v|out\.0)$/.test(layer.key),
    )) {
      const own = gradient.subarray(start, start + RANK * (inputs + outputs));
      expect({ key, moves: own.every((g) => g !== 0) }).toEqual({ key, moves: true });
    }
  });

  it('lower their loss on a fixed batch with every step against the gradient', async () => {
    const step = await compile();
    let lora = step.initial(createRandom(1));
    const gradient = new Float32Array(lora.length);
    const losses: number[] = [];
    for (let k = 0; k < 4; k++) {
      losses.push(await step.run({ ...batch, lora }, gradient));
      const square = gradient.reduce((sum, g) => sum + g * g, 0);
      // By a hundredth of the loss to first order.
      const rate = (0.01 * losses[k]) / square;
      lora = lora.map((v, i) => v - rate * gradient[i]);
    }
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(losses[3]).toBeLessThan(0.99 * losses[0]);
  });
});
