import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNetworkFixture } from '../../../../test/network-fixture.ts';
import { createRandom } from '../tensor/random.ts';
import { compilePictureDistance, type PictureDistance } from './picture-distance.ts';

// Stable Diffusion's class of autoencoder with random weights, and the committed one of the other class.
describe.each(['conv-projection', 'starter'])('the distance by the encoder of %s', (name) => {
  const { networks, imageSize } = loadNetworkFixture(name);
  const length = 2 * 3 * imageSize ** 2;
  const picture = (seed: number): Float32Array => {
    const random = createRandom(seed);
    return new Float32Array(length).map(() => random.uniform());
  };
  const [image, target] = [picture(1), picture(2)];
  let distance: PictureDistance;
  beforeAll(async () => {
    distance = await compilePictureDistance(networks.vae, { batch: 2, imageSize }, { threads: 1 });
  });
  afterAll(() => distance.dispose());

  const measure = (x: Float32Array, y = target) =>
    distance.run(x, y, { pixel: 1, perceptual: 1 }, new Float32Array(length));

  test('is zero for equal pictures and grows with what is mixed in', async () => {
    expect(await measure(target)).toEqual({ pixel: 0, perceptual: 0 });
    const mixed = (share: number) => target.map((value, i) => value + share * (image[i] - value));
    const [little, much] = [await measure(mixed(0.1)), await measure(mixed(0.5))];
    expect(little.pixel).toBeGreaterThan(0);
    expect(much.pixel / little.pixel).toBeCloseTo(5, 3);
    expect(much.perceptual).toBeGreaterThan(2 * little.perceptual);
  });

  test('its gradient by pixels is that of a mean absolute difference', async () => {
    const gradient = new Float32Array(length);
    await distance.run(image, target, { pixel: 2, perceptual: 0 }, gradient);
    const signs = image.map((value, i) => 2 * Math.sign(value - target[i]));
    const errors = gradient.map((value, i) => Math.abs(value * length - signs[i]));
    expect(Math.max(...errors)).toBeLessThan(1e-3);
  });

  test('its gradient by features agrees with finite differences', async () => {
    const weights = { pixel: 0, perceptual: 1 };
    const gradient = new Float32Array(length);
    await distance.run(image, target, weights, gradient);
    // Along whole directions: a mean over ten thousand numbers would drown one pixel's share in float32 rounding.
    const directions = [3, 4, 5].map((seed) => createRandom(seed).normals(length));
    const step = 2e-3;
    const numeric: number[] = [];
    for (const direction of directions) {
      const at = async (sign: number): Promise<number> => {
        const moved = image.map((value, i) => value + sign * step * direction[i]);
        return (await distance.run(moved, target, weights, new Float32Array(length))).perceptual;
      };
      numeric.push(((await at(1)) - (await at(-1))) / (2 * step));
    }
    const scale = Math.max(...numeric.map(Math.abs));
    for (const [k, direction] of directions.entries()) {
      const analytic = direction.reduce((sum, value, i) => sum + value * gradient[i], 0);
      // Kinks of ReLU that the step crosses, and the distance's rounding of 1e-7 over 4e-3.
      expect(Math.abs(analytic - numeric[k]) / scale).toBeLessThan(0.02);
    }
  });
});
