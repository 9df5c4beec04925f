import { expect, test } from 'vitest';
import { minSnrWeight } from './min-snr-weight.ts';

test('noisy pictures count fully, cleaner ones by γ over their signal-to-noise ratio', () => {
  expect(minSnrWeight(0.01, 5)).toBe(1);
  expect(minSnrWeight(5 / 6, 5)).toBeCloseTo(1);
  // ᾱ = 0.99: a ratio of 99.
  expect(minSnrWeight(0.99, 5)).toBeCloseTo(5 / 99);
});
