import { expect, test } from 'vitest';
import { createIds } from './ids.ts';

test('an id is a ULID of its millisecond, and ids sort in the order in which they were made', () => {
  let nowMs = 1_700_000_000_000;
  const ids = createIds(() => nowMs);
  const made: string[] = [];
  for (let i = 0; i < 3000; i++) {
    made.push(ids.create('job'));
    if (i % 1000 === 999) nowMs += 1;
  }
  expect(made[0]).toMatch(/^job_01hf7yat00[0-9a-f][0-9a-hjkmnp-tv-z]{15}$/);
  expect(new Set(made).size).toBe(3000);
  expect(made.toSorted()).toEqual(made);
});

test('the number of a millisecond carries over its digits', () => {
  const { getRandomValues } = crypto;
  crypto.getRandomValues = (bytes) => {
    if (bytes instanceof Uint8Array) bytes.fill(31).fill(0, 1, 14);
    return bytes;
  };
  const ids = createIds(() => 0);
  const made = [ids.create('x'), ids.create('x')];
  crypto.getRandomValues = getRandomValues;
  expect(made).toEqual([
    `x_${'0'.repeat(10)}f${'0'.repeat(13)}zz`,
    `x_${'0'.repeat(10)}f${'0'.repeat(12)}100`,
  ]);
});
