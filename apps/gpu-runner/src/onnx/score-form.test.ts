import { afterAll, describe, expect, it } from 'vitest';
import {
  loadNetworkFixture,
  type NetworkFixture,
  numbersOf,
  relativeDifference,
} from '../../../../test/network-fixture.ts';
import { stepInputs } from '../../../../test/step-inputs.ts';
import { Graph } from './graph.ts';
import { NetworkWeights } from './networks/network-weights.ts';
import { parseUNet, unet } from './networks/unet-2d-condition-model.ts';
import { PLAIN_SCORE_FORM, type ScoreForm } from './score-form.ts';
import { compileSelfScoreStep, type SelfScoreInputs, type SelfScoreStep } from './self-score-step.ts';
import { openSession } from './session.ts';
import { compileNoisePredictor } from './teacher-sessions.ts';

type StepResult = Readonly<Record<'gradient' | 'latent' | 'text' | 'negative', Float32Array>>;

/** Steps by fixture and form: compiling one takes a hundred times as long as running it. */
const compiled = new Map<string, Promise<SelfScoreStep>>();

afterAll(async () => {
  for (const step of compiled.values()) await (await step).dispose();
});

/** Runs one step of a form on the fixture's inputs with some changed. */
async function runForm(
  fixture: NetworkFixture,
  form: Partial<ScoreForm>,
  changes: Partial<SelfScoreInputs> = {},
): Promise<StepResult> {
  const shape = { batch: 1, imageSize: fixture.imageSize, textTokens: fixture.textTokens };
  const key = `${fixture.networks.prediction} ${JSON.stringify(form)}`;
  const compiling =
    compiled.get(key) ?? compileSelfScoreStep(fixture.networks, shape, { ...PLAIN_SCORE_FORM, ...form });
  compiled.set(key, compiling);
  const step = await compiling;
  const out = await step.run({ ...stepInputs(fixture, step.takes('posteriorNoise')), ...changes });
  return {
    gradient: out.latentGradient.slice(),
    latent: out.latent.slice(),
    text: out.noiseOfText.slice(),
    negative: out.noiseOfNegative.slice(),
  };
}

/** The noisy latent of a step's inputs. */
function noisy(latent: Float32Array, { noise, alphaBar: [alphaBar] }: SelfScoreInputs): Float32Array {
  return latent.map((z, i) => Math.sqrt(alphaBar) * z + Math.sqrt(1 - alphaBar) * noise[i]);
}

describe.each(['conv-projection', 'linear-projection'])('score forms of %s', (name) => {
  const fixture = loadNetworkFixture(name);
  const inputs = stepInputs(fixture, true);
  const [weight] = inputs.weights;

  it('`ssd-paper` with equal words equals `ssd`, and other words change it', async () => {
    const { gradient } = await runForm(fixture, {});
    const same = await runForm(fixture, { estimate: 'ssd-paper' }, { plainText: inputs.text });
    expect(relativeDifference(same.gradient, gradient)).toBeLessThan(1e-4);
    const other = await runForm(fixture, { estimate: 'ssd-paper' }, { plainText: inputs.negativeText });
    expect(relativeDifference(other.gradient, gradient)).toBeGreaterThan(0.01);
  });

  it('`ssd-paper` at s = 1 equals w·(ε_view − ε_plain)', async () => {
    const plainText = inputs.negativeText.map((v) => v / 2);
    const changes = { plainText, guidanceScale: 1, anchor: 0 };
    const { gradient, latent, text } = await runForm(fixture, { estimate: 'ssd-paper' }, changes);
    const size = { batch: 1, imageSize: fixture.imageSize, textTokens: fixture.textTokens };
    const predictor = await compileNoisePredictor(fixture.networks, size);
    const plain = await predictor.run({ ...inputs, sample: noisy(latent, inputs), text: plainText });
    await predictor.dispose();
    const expected = text.map((v, i) => weight * (v - plain[i]));
    // Both are float32 predictions of size one, a difference of theirs ten times smaller.
    expect(relativeDifference(gradient, expected)).toBeLessThan(1e-3);
  });

  it('`sds` is guidance at scale s less the noise, which is `ssd` with anchor 1', async () => {
    const { gradient, text, negative } = await runForm(fixture, { estimate: 'sds' }, { anchor: 0 });
    const expected = text.map((v, i) => weight * (negative[i] + 7.5 * (v - negative[i]) - inputs.noise[i]));
    expect(relativeDifference(gradient, expected)).toBeLessThan(1e-5);
    const anchored = await runForm(fixture, {}, { anchor: 1 });
    expect(relativeDifference(gradient, anchored.gradient)).toBeLessThan(1e-6);
  });

  it('landmarks off are no landmarks: the teacher is its bare UNet', async () => {
    const { latent, text } = await runForm(fixture, {}, { controlStrength: 0 });
    const bare = await bareNoise(fixture, noisy(latent, inputs), inputs);
    expect(relativeDifference(text, bare)).toBeLessThan(1e-5);
  });
});

describe('the estimate of `ssd`', () => {
  const fixture = loadNetworkFixture('conv-projection');
  const inputs = stepInputs(fixture, false);
  const [weight] = inputs.weights;

  it('with landmarks of its own strength is the same at the same strength, and else the difference they make', async () => {
    const { gradient } = await runForm(fixture, {});
    const equal = { estimateControlStrength: inputs.controlStrength };
    const same = await runForm(fixture, { ownControl: true }, equal);
    expect(relativeDifference(same.gradient, gradient)).toBeLessThan(1e-4);
    const off = await runForm(
      fixture,
      { ownControl: true },
      { estimateControlStrength: 0, guidanceScale: 1, anchor: 0 },
    );
    const bare = await bareNoise(fixture, noisy(off.latent, inputs), inputs);
    const expected = off.text.map((v, i) => weight * (v - bare[i]));
    expect(relativeDifference(off.gradient, expected)).toBeLessThan(1e-3);
  });

  it('is exactly the target at s = 1, with and without rescale', async () => {
    for (const guidanceRescale of [0, 0.7]) {
      const { gradient } = await runForm(fixture, { guidanceRescale }, { guidanceScale: 1, anchor: 0 });
      expect(gradient.every((v) => v === 0)).toBe(true);
    }
  });

  it('meets a target whose deviation the whole rescale makes that of the unguided prediction', async () => {
    const { gradient, text } = await runForm(fixture, { guidanceRescale: 1 }, { anchor: 0 });
    const target = text.map((v, i) => v + gradient[i] / weight);
    expect(deviation(target)).toBeCloseTo(deviation(text), 4);
  });

  it('leaves a gradient whose entries a bound limits', async () => {
    const { gradient } = await runForm(fixture, {});
    const bound = 0.05;
    const limited = await runForm(fixture, { gradientBound: bound });
    const expected = gradient.map((v) => Math.min(bound, Math.max(-bound, v)));
    expect(relativeDifference(limited.gradient, expected)).toBeLessThan(1e-5);
    expect(gradient.some((v) => Math.abs(v) > 2 * bound)).toBe(true);
  });
});

describe('a latent that is picture and mask', () => {
  const fixture = loadNetworkFixture('conv-projection');

  it('is their four middle pixels of each block, and its gradient goes to those', async () => {
    const shape = { batch: 1, imageSize: fixture.imageSize, textTokens: fixture.textTokens };
    const step = await compileSelfScoreStep(fixture.networks, shape, {
      ...PLAIN_SCORE_FORM,
      latentPicture: true,
    });
    const size = fixture.imageSize;
    const mask = numbersOf('mask', size * size, (u) => (u + 1) / 2);
    const inputs = { ...stepInputs(fixture, step.takes('posteriorNoise')), mask };
    const { latent, latentGradient, imageGradient, maskGradient } = await step.run(inputs);
    await step.dispose();
    const factor = size / fixture.latentSize;
    const [x, y] = [5, 2];
    const middles = [0, 1].flatMap((dy) =>
      [0, 1].map((dx) => (y * factor + factor / 2 - 1 + dy) * size + x * factor + factor / 2 - 1 + dx),
    );
    const small = fixture.latentSize ** 2;
    const mean = (plane: Float32Array) => middles.reduce((sum, p) => sum + plane[p] / 4, 0);
    const at = y * fixture.latentSize + x;
    for (const c of [0, 1, 2]) {
      const plane = inputs.image.subarray(c * size * size, (c + 1) * size * size);
      expect(latent[c * small + at]).toBeCloseTo(2 * mean(plane) - 1, 5);
      for (const p of middles) {
        expect(imageGradient[c * size * size + p]).toBeCloseTo((2 * latentGradient[c * small + at]) / 4, 5);
      }
    }
    expect(latent[3 * small + at]).toBeCloseTo(mean(mask), 5);
    expect(maskGradient?.[middles[0]]).toBeCloseTo(latentGradient[3 * small + at] / 4, 5);
    expect(maskGradient?.filter((g) => g !== 0).length).toBe(4 * small);
  });
});

/** What the UNet alone predicts, as noise. */
async function bareNoise(
  fixture: NetworkFixture,
  sample: Float32Array,
  { timesteps, text, alphaBar: [alphaBar] }: SelfScoreInputs,
): Promise<Float32Array> {
  const { config, weights: source } = fixture.networks.unet;
  const graph = new Graph();
  const shapes = {
    sample: [1, fixture.latentChannels, fixture.latentSize, fixture.latentSize],
    timesteps: [1],
    text: [1, fixture.textTokens, fixture.textWidth],
  };
  const out = unet(new NetworkWeights({ graph, source, trainAs: null }), parseUNet(config), {
    sample: graph.input('sample', shapes.sample),
    timesteps: graph.input('timesteps', shapes.timesteps),
    text: graph.input('text', shapes.text),
    control: null,
  });
  graph.output('out', out);
  const session = await openSession(graph.build());
  const feeds = { sample, timesteps, text };
  const { out: predicted } = await session.run({
    sample: { data: feeds.sample, shape: shapes.sample },
    timesteps: { data: feeds.timesteps, shape: shapes.timesteps },
    text: { data: feeds.text, shape: shapes.text },
  });
  await session.dispose();
  if (fixture.networks.prediction === 'epsilon') return predicted;
  return predicted.map((v, i) => Math.sqrt(alphaBar) * v + Math.sqrt(1 - alphaBar) * sample[i]);
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}
