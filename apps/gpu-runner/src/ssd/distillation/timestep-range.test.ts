import { expect, test } from 'vitest';
import { timestepRange } from './timestep-range.ts';

const spans = [
  { untilProgress: 0.5, range: [20, 980] },
  { untilProgress: 1, range: [20, 700] },
] as const;

test('a span holds until its progress is reached, and the last one to the end', () => {
  expect(timestepRange(spans, 0)).toEqual([20, 980]);
  expect(timestepRange(spans, 0.499)).toEqual([20, 980]);
  expect(timestepRange(spans, 0.5)).toEqual([20, 700]);
  expect(timestepRange(spans, 1)).toEqual([20, 700]);
});

test('no span at all is refused', () => {
  expect(() => timestepRange([], 0)).toThrow('timestepRange');
});
