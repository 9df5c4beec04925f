import { expect, it, test } from 'vitest';
import { colorDifference, labOfSrgb } from './color-difference.ts';

/** Sharma, Wu and Dalal 2005, table 1: pairs that catch hue averages, quadrants and the blue rotation. */
const PAIRS = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
] as const;

test.each(PAIRS)('of (%d, %d, %d) and (%d, %d, %d) is %d, either way', (l1, a1, b1, l2, a2, b2, expected) => {
  expect(colorDifference([l1, a1, b1], [l2, a2, b2])).toBeCloseTo(expected, 4);
  expect(colorDifference([l2, a2, b2], [l1, a1, b1])).toBeCloseTo(expected, 4);
});

it('is zero for equal colors, also for gray', () => {
  expect(colorDifference([30, 10, -20], [30, 10, -20])).toBe(0);
  expect(colorDifference([50, 0, 0], [50, 0, 0])).toBe(0);
});

it('starts from sRGB: white, black and the primaries lie where the standard puts them', () => {
  const near = (actual: readonly number[], expected: readonly number[]): void => {
    // The standard's matrix has seven digits.
    expected.forEach((value, k) => expect(actual[k]).toBeCloseTo(value, 1));
  };
  near(labOfSrgb(1, 1, 1), [100, 0, 0]);
  near(labOfSrgb(0, 0, 0), [0, 0, 0]);
  near(labOfSrgb(1, 0, 0), [53.24, 80.09, 67.2]);
  near(labOfSrgb(0, 0, 1), [32.3, 79.19, -107.86]);
});
