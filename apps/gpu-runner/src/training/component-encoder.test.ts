import { expect, test } from 'vitest';
import { Graph } from '../onnx/graph.ts';
import { NetworkWeights } from '../onnx/networks/network-weights.ts';
import { parseAutoencoder } from '../onnx/networks/parse-autoencoder.ts';
import { openSession } from '../onnx/session.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from './autoencoder-config.ts';
import { componentEncoder } from './component-encoder.ts';
import type { PatchComponents } from './patch-components.ts';

const random = createRandom(5);

/** Components need not be orthonormal for the encoder to project on them. */
function componentsOf(patch: number, deviations: readonly number[]): PatchComponents {
  const width = 3 * patch * patch;
  const numbers = () => Float64Array.from(random.normals(width));
  return { patch, mean: numbers(), directions: deviations.map(numbers), deviations };
}

async function encode(components: PatchComponents, whitening: number, image: Float32Array, side: number) {
  const blocks = Array.from({ length: Math.log2(components.patch) + 1 }, () => 0);
  const latentChannels = components.directions.length;
  const architecture = { latentChannels, channels: 12, encoderBlocks: blocks, decoderBlocks: blocks };
  const tensors = componentEncoder(components, { channels: 12, whitening });
  const source = { label: 'components', find: (key: string) => tensors.get(key) };
  const graph = new Graph();
  const weights = new NetworkWeights({ graph, source, trainAs: null });
  const picture = graph.input('image', [1, 3, side, side]);
  graph.output('latent', parseAutoencoder(autoencoderConfig(architecture)).encode(weights, picture, null));
  const session = await openSession(graph.build(), { threads: 1 });
  const { latent } = await session.run({ image: { data: image, shape: [1, 3, side, side] } });
  await session.dispose();
  return latent;
}

/** direction · (patch − mean) of component j for the patch in row `top` and column `left` of a planar picture. */
function project(components: PatchComponents, j: number, image: Float32Array, side: number, cell: number) {
  const { patch, mean, directions } = components;
  const [top, left] = [Math.floor(cell / (side / patch)) * patch, (cell % (side / patch)) * patch];
  let sum = 0;
  for (let at = 0; at < mean.length; at++) {
    const [pixel, color] = [Math.floor(at / 3), at % 3];
    const place = (top + Math.floor(pixel / patch)) * side + left + (pixel % patch);
    sum += directions[j][at] * (image[color * side * side + place] - mean[at]);
  }
  return sum;
}

test.each([2, 4])(
  'every patch of %i pixels, at the borders too, becomes its scaled components',
  async (patch) => {
    const side = 4 * patch;
    const image = Float32Array.from(random.normals(3 * side * side));
    const components = componentsOf(patch, [3, 1, 0.25]);
    for (const whitening of [0, 0.5, 1]) {
      const latent = await encode(components, whitening, image, side);
      // Latents of deviation in proportion to σ^(1 − whitening), 0.5 in the root mean square of all.
      const sizes = components.deviations.map((deviation) => deviation ** (1 - whitening));
      const unit = 0.5 / Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / sizes.length);
      components.deviations.forEach((deviation, j) => {
        const scale = (unit * sizes[j]) / deviation;
        for (let cell = 0; cell < 16; cell++) {
          const wanted = scale * project(components, j, image, side, cell);
          // Sums of up to 48 float32 products, of size `scale` each.
          expect(Math.abs(latent[16 * j + cell] - wanted)).toBeLessThan(1e-5 * Math.max(1, 10 * scale));
        }
      });
    }
  },
);

test('channels too few for the pixels or the components, and odd patches, are refused', () => {
  expect(() => componentEncoder(componentsOf(4, [1]), { channels: 11, whitening: 0 })).toThrow('at least 12');
  expect(() => componentEncoder(componentsOf(2, [1, 1, 1, 1]), { channels: 3, whitening: 0 })).toThrow(
    'at least 4',
  );
  expect(() => componentEncoder(componentsOf(3, [1]), { channels: 48, whitening: 0 })).toThrow(
    'expected a patch of 2, 4, 8',
  );
});
