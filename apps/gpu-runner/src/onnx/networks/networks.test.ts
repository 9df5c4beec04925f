import { describe, expect, it } from 'vitest';
import {
  loadNetworkFixture,
  type NetworkFixture,
  numbersOf,
  relativeDifference,
} from '../../../../../test/network-fixture.ts';
import { Graph, type Value } from '../graph.ts';
import { openSession } from '../session.ts';
import { compileDecoder, compileNoisePredictor } from '../teacher-sessions.ts';
import type { TensorSource } from '../tensor-source.ts';
import { vjp } from '../vjp/vjp.ts';
import { placeTeacher } from './teacher-networks.ts';

// The task's bound; what float32 and another order of summation really leave is 10 to 100 times less.
const TOLERANCE = 1e-3;

const fixtures = ['starter', 'conv-projection', 'linear-projection'].map((name) => ({
  name,
  fixture: loadNetworkFixture(name),
}));

describe.each(fixtures)('networks of $name agree with diffusers', ({ fixture }) => {
  const { networks, imageSize, latentSize, latentChannels, textTokens, textWidth } = fixture;

  it('encode', async () => {
    const { latent, imageGradient } = await encode(fixture);
    expect(relativeDifference(latent, fixture.expected('latent'))).toBeLessThan(TOLERANCE);
    expect(relativeDifference(imageGradient, fixture.expected('image_gradient'))).toBeLessThan(TOLERANCE);
  });

  it('decode', async () => {
    const decoder = await compileDecoder(networks, { batch: 1, imageSize });
    const image = await decoder.run(numbersOf('latent', latentChannels * latentSize ** 2));
    await decoder.dispose();
    const expected = fixture.expected('decoded').map((v) => v / 2 + 0.5);
    expect(relativeDifference(image, expected)).toBeLessThan(TOLERANCE);
  });

  it('predict noise under control, which without control changes by at least 10 %', async () => {
    const predictor = await compileNoisePredictor(networks, { batch: 2, imageSize, textTokens });
    const inputs = {
      sample: numbersOf('sample', 2 * latentChannels * latentSize ** 2),
      timesteps: Float32Array.of(17, 640),
      alphaBar: Float32Array.of(0.9, 0.2),
      text: numbersOf('text', 2 * textTokens * textWidth),
      landmarks: numbersOf('landmarks', 2 * 3 * imageSize ** 2, (u) => Math.fround(u) * 0.5 + 0.5),
    };
    const controlled = await predictor.run({ ...inputs, controlStrength: 0.8 });
    const free = await predictor.run({ ...inputs, controlStrength: 0 });
    await predictor.dispose();
    expect(relativeDifference(controlled, fixture.expected('epsilon'))).toBeLessThan(TOLERANCE);
    expect(relativeDifference(free, fixture.expected('epsilon_without_control'))).toBeLessThan(TOLERANCE);
    const change = norm(controlled.map((v, i) => v - free[i])) / norm(free);
    expect(change).toBeGreaterThan(0.1);
  });

  it('read every tensor of the checkpoint', () => {
    const read = { vae: new Set<string>(), unet: new Set<string>(), controlnet: new Set<string>() };
    const watched = (part: keyof typeof read) => ({
      config: networks[part].config,
      weights: recording(networks[part].weights, read[part]),
    });
    const graph = new Graph();
    const placed = placeTeacher(graph, {
      vae: watched('vae'),
      unet: watched('unet'),
      controlnet: watched('controlnet'),
      prediction: networks.prediction,
    });
    const latentShape = [1, latentChannels, latentSize, latentSize];
    placed.decode(placed.encode(graph.input('image', [1, 3, imageSize, imageSize]), null));
    placed.predictNoise({
      sample: graph.input('sample', latentShape),
      timesteps: graph.input('timesteps', [1]),
      alphaBar: graph.input('alphaBar', [1]),
      text: graph.input('text', [1, textTokens, textWidth]),
      landmarks: graph.input('landmarks', [1, 3, imageSize, imageSize]),
      controlStrength: graph.input('controlStrength', [1]),
    });
    for (const part of ['vae', 'unet', 'controlnet'] as const) {
      expect(fixture.keys[part].filter((key) => !read[part].has(key))).toEqual([]);
    }
  });
});

describe.each(fixtures)('the encoder of $name', ({ fixture }) => {
  it('has the gradient of its central differences', async () => {
    const size = 64;
    const at = await encode(fixture, size);
    // Directional differences: one pixel alone moves the loss by less than float32 resolves.
    const length = norm(at.imageGradient);
    const steepest = at.imageGradient.map((g) => (g / length) * Math.sqrt(at.imageGradient.length));
    for (const along of [steepest, numbersOf('a', steepest.length), numbersOf('b', steepest.length)]) {
      const step = 5e-4;
      const moved = (sign: number) => at.image.map((v, i) => v + sign * step * along[i]);
      const [high, low] = [await encode(fixture, size, moved(1)), await encode(fixture, size, moved(-1))];
      const numeric = (dot(high.latent, at.seed) - dot(low.latent, at.seed)) / (2 * step);
      const analytic = dot(at.imageGradient, along);
      // `length` is about what a random direction's derivative is: rounding leaves 0.5 % of it, ReLU's kinks more.
      expect(Math.abs(numeric - analytic)).toBeLessThan(0.01 * (Math.abs(analytic) + length));
    }
  });
});

/** Runs the encoder and its VJP on the fixture's image, or on `image` of side `size`. */
async function encode(fixture: NetworkFixture, size = fixture.imageSize, given?: Float32Array) {
  const graph = new Graph();
  const placed = placeTeacher(graph, fixture.networks);
  const latentShape = [1, fixture.latentChannels, placed.latentSize(size), placed.latentSize(size)];
  const image = graph.input('image', [1, 3, size, size]);
  const { hasPosterior } = placed.autoencoder;
  const posteriorNoise: Value | null = hasPosterior ? graph.input('posteriorNoise', latentShape) : null;
  const latent = placed.encode(image, posteriorNoise);
  const gradient = graph.input('gradient', latentShape);
  graph.output('latent', latent);
  graph.output('imageGradient', vjp([{ value: latent, gradient }], [image])[0]);
  const session = await openSession(graph.build());
  const count = latentShape.reduce((a, b) => a * b, 1);
  const data = given ?? numbersOf('image', 3 * size ** 2);
  const seed = numbersOf('latent gradient', count);
  const out = await session.run({
    image: { data, shape: image.shape },
    gradient: { data: seed, shape: latentShape },
    ...(hasPosterior
      ? { posteriorNoise: { data: numbersOf('posterior noise', count), shape: latentShape } }
      : {}),
  });
  await session.dispose();
  return { image: data, seed, latent: out['latent'], imageGradient: out['imageGradient'] };
}

function recording(source: TensorSource, read: Set<string>): TensorSource {
  return {
    label: source.label,
    find(key) {
      const found = source.find(key);
      if (found) read.add(key);
      return found;
    },
  };
}

function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
