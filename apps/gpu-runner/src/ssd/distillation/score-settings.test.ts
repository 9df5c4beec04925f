import { expect, test } from 'vitest';
import { SCORE_DEFAULTS, samplesPerView } from './score-settings.ts';

test.each([
  ['ssd', 2],
  ['ssd-paper', 3],
  ['sds', 2],
  ['vsd', 6],
] as const)('a view of `%s` costs %i samples', (estimate, samples) => {
  expect(samplesPerView({ ...SCORE_DEFAULTS, estimate })).toBe(samples);
});

test('an estimate that sees other landmarks than the target is one more prediction, except where it is none', () => {
  const controlStrength = { target: 1, estimate: 0 };
  const cost = (estimate: 'ssd' | 'ssd-paper' | 'sds') =>
    samplesPerView({ ...SCORE_DEFAULTS, estimate, controlStrength });
  expect([cost('ssd'), cost('ssd-paper'), cost('sds')]).toEqual([3, 3, 2]);
});
