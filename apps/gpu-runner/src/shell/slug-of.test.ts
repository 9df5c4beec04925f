import { expect, test } from 'vitest';
import { slugOf } from './slug-of.ts';

test.each([
  ['A head of an old man, with a white beard!', 'a-head-of-an-old-man-with-a-white-beard'],
  ['../../etc/passwd', 'etc-passwd'],
  ['頭', 'head'],
  ['x'.repeat(60), 'x'.repeat(48)],
])('slugOf(%j) is a plain file name', (prompt, expected) => {
  expect(slugOf(prompt)).toBe(expected);
});
