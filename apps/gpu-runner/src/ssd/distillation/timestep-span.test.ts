import { expect, test } from 'vitest';
import { timestepSpanAt } from './timestep-span.ts';

const spans = [
  { untilProgress: 0.5, range: [20, 980] },
  { untilProgress: 1, range: [20, 700] },
] as const;

test('a span holds until its progress is reached, and the last one to the end', () => {
  expect(timestepSpanAt(spans, 0)).toMatchObject({ range: [20, 980] });
  expect(timestepSpanAt(spans, 0.499)).toMatchObject({ range: [20, 980] });
  expect(timestepSpanAt(spans, 0.5)).toMatchObject({ range: [20, 700] });
  expect(timestepSpanAt(spans, 1)).toMatchObject({ range: [20, 700] });
});

test('no span at all is refused', () => {
  expect(() => timestepSpanAt([], 0)).toThrow('timestepSpanAt');
});
