import { expect, test } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { initialWeights, isZeroInControlNet } from './initial-weights.ts';

test('a convolution and its bias are uniform within 1/√fan-in', () => {
  const source = initialWeights(createRandom(1));
  const weight = source.find('conv.weight', [64, 16, 3, 3])?.data ?? new Float32Array();
  const bias = source.find('conv.bias', [64])?.data ?? new Float32Array();
  const bound = 1 / Math.sqrt(16 * 9);
  const largest = (values: Float32Array) => values.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
  expect(largest(weight)).toBeLessThanOrEqual(bound);
  expect(largest(bias)).toBeLessThanOrEqual(bound);
  // The variance of a uniform distribution: 9216 draws estimate it to about 1 %.
  const variance = weight.reduce((sum, v) => sum + v * v, 0) / weight.length;
  expect(variance / (bound ** 2 / 3)).toBeCloseTo(1, 1);
});

test('norms start as the identity', () => {
  const source = initialWeights(createRandom(1));
  expect(source.find('norm.weight', [3])?.data).toEqual(Float32Array.of(1, 1, 1));
  expect(source.find('norm.bias', [3])?.data).toEqual(Float32Array.of(0, 0, 0));
});

test('the outputs of a ControlNet start at zero, everything else does not', () => {
  const source = initialWeights(createRandom(1), isZeroInControlNet);
  const sumOf = (key: string) =>
    source.find(key, [4, 4, 1, 1])?.data.reduce((sum, v) => sum + Math.abs(v), 0);
  expect(sumOf('controlnet_down_blocks.0.weight')).toBe(0);
  expect(sumOf('controlnet_mid_block.weight')).toBe(0);
  expect(sumOf('controlnet_cond_embedding.conv_out.weight')).toBe(0);
  expect(sumOf('controlnet_cond_embedding.conv_in.weight')).toBeGreaterThan(0);
  expect(sumOf('down_blocks.0.resnets.0.conv1.weight')).toBeGreaterThan(0);
});

test('a tensor does not depend on what was asked before it', () => {
  const [one, two] = [initialWeights(createRandom(1)), initialWeights(createRandom(1))];
  one.find('a.weight', [2, 2]);
  expect(one.find('b.weight', [3, 3])?.data).toEqual(two.find('b.weight', [3, 3])?.data);
});

test('a layer with a gain draws from a wider range and has no bias', () => {
  const gainOf = (layer: string) => (layer === 'wide' ? 3 : 1);
  const source = initialWeights(createRandom(1), () => false, gainOf);
  const plain = initialWeights(createRandom(1));
  const largest = Math.max(...(source.find('wide.weight', [50, 4])?.data ?? []));
  expect(largest).toBeGreaterThan(0.5);
  expect(largest).toBeLessThanOrEqual(1.5);
  expect(source.find('wide.bias', [50])?.data.every((v) => v === 0)).toBe(true);
  expect(source.find('other.weight', [2, 2])).toEqual(plain.find('other.weight', [2, 2]));
});
