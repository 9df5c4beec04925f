import { expect, test } from 'vitest';
import { createEtaEstimator } from './estimate-eta.ts';

test('createEtaEstimator goes by the pace since the first report, and is silent before it knows one', () => {
  let nowMs = 5_000;
  const estimate = createEtaEstimator(() => nowMs);
  expect(estimate(0.1)).toBeNull();
  nowMs += 1_000;
  expect(estimate(0.11)).toBeNull();
  nowMs += 9_000;
  expect(estimate(0.2)).toBeCloseTo(80, 6); // a tenth took 10 s, eight tenths are left
  expect(estimate(1)).toBe(0);
});
