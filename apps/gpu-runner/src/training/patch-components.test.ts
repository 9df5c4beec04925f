import { expect, test } from 'vitest';
import type { Dataset } from '../dataset/shards/open-dataset.ts';
import { createRandom } from '../tensor/random.ts';
import { patchComponents } from './patch-components.ts';

const SIDE = 32;
const random = createRandom(11);
/** Orthonormal directions of a 2×2 patch, [y, x, color] flat: all brighter, left against right in red, top against bottom in blue. */
const DIRECTIONS = [
  Array.from({ length: 12 }, () => 1 / Math.sqrt(12)),
  [0.5, 0, 0, -0.5, 0, 0, 0.5, 0, 0, -0.5, 0, 0],
  [0, 0, 0.5, 0, 0, 0.5, 0, 0, -0.5, 0, 0, -0.5],
];
const DEVIATIONS = [0.6, 0.3, 0.1];

function drawPicture(): Uint8Array {
  const picture = new Uint8Array(3 * SIDE * SIDE);
  for (let top = 0; top < SIDE; top += 2) {
    for (let left = 0; left < SIDE; left += 2) {
      // Uniform of the wanted deviation: nothing leaves [−1, 1], where bytes would cut it off.
      const amounts = DEVIATIONS.map((deviation) => deviation * Math.sqrt(3) * random.between(-1, 1));
      for (let i = 0; i < 12; i++) {
        const value = 0.1 + amounts.reduce((sum, amount, j) => sum + amount * DIRECTIONS[j][i], 0);
        const [y, x, color] = [Math.floor(i / 6), Math.floor(i / 3) % 2, i % 3];
        picture[3 * ((top + y) * SIDE + left + x) + color] = Math.round((value + 1) * 127.5);
      }
    }
  }
  return picture;
}

const pictures = Array.from({ length: 12 }, drawPicture);
// A spoiled picture must not count.
const spoiled = new Uint8Array(3 * SIDE * SIDE).map((_, i) => (i % 7 === 0 ? 255 : 0));
// Only what patchComponents reads of a data set.
const dataset = {
  info: { imageSize: SIDE },
  examples: [...pictures.map(() => ({ defect: null })), { defect: 'blur' }],
  image: (n: number) => pictures[n] ?? spoiled,
} as unknown as Dataset;
const everything = Uint32Array.from({ length: 13 }, (_, n) => n);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

test('the directions along which patches differ are found, with their deviations, the greatest first', () => {
  const { mean, directions, deviations } = patchComponents(dataset, everything, { patch: 2, count: 3 });
  // 3072 patches: deviations within about 2 %, directions within as much of each other.
  DIRECTIONS.forEach((direction, j) => {
    expect(Math.abs(dot(direction, directions[j]))).toBeGreaterThan(0.995);
    expect(Math.abs(deviations[j] / DEVIATIONS[j] - 1)).toBeLessThan(0.06);
  });
  for (const value of mean) expect(Math.abs(value - 0.1)).toBeLessThan(0.03);
});

test('all components are orthonormal and ordered, and leave no variance out', () => {
  const { directions, deviations } = patchComponents(dataset, everything, { patch: 2, count: 12 });
  for (const [i, a] of directions.entries()) {
    for (const [j, b] of directions.entries()) expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 10);
  }
  expect(deviations).toEqual(deviations.toSorted((a, b) => b - a));
  // After the three only rounding to bytes is left: 1/127.5/√12 for each of 12 numbers, which may agree.
  expect(deviations[3]).toBeLessThan(1 / 127.5);
});

test('more components than numbers in a patch are refused', () => {
  expect(() => patchComponents(dataset, everything, { patch: 2, count: 13 })).toThrow('at most 12');
});
