import { expect, test } from 'vitest';
import { learningRateAt } from './learning-rate.ts';

const schedule = { peak: 1, warmUpSteps: 10, finalShare: 0.1 };

test('the rate rises linearly, and falls along half a cosine to its last share', () => {
  expect(learningRateAt(schedule, 0, 0)).toBeCloseTo(0.1);
  expect(learningRateAt(schedule, 4, 0)).toBeCloseTo(0.5);
  expect(learningRateAt(schedule, 100, 0.5)).toBeCloseTo(0.55);
  expect(learningRateAt(schedule, 100, 1)).toBeCloseTo(0.1);
});

test('beyond its end the rate stays at the last share', () => {
  expect(learningRateAt(schedule, 100, 1.5)).toBeCloseTo(0.1);
});
