import { expect, test } from 'vitest';
import type { StoredExample } from '../dataset/shards/dataset-files.ts';
import { limitBadPictures } from './limit-bad-pictures.ts';

const defects = [null, null, 'blur', 'noise', null];
// Only what the limits read of an example.
const examples = Array.from({ length: 100 }, (_, n) => ({ defect: defects[n % 5] }) as StoredExample);
const train = Uint32Array.from({ length: 90 }, (_, n) => n + 10);
const shown = (limits: Parameters<typeof limitBadPictures>[2]) =>
  [...limitBadPictures(examples, train, limits)].map((n) => examples[n].defect);
const count = (list: readonly (string | null)[], defect: string | null) =>
  list.filter((one) => one === defect).length;

test('without limits every training example is shown', () => {
  expect(limitBadPictures(examples, train, { badShare: null, badKinds: null })).toEqual(train);
});

test('a share keeps all good pictures and so many bad ones of every kind', () => {
  const list = shown({ badShare: 0.25, badKinds: null });
  expect(count(list, null)).toBe(54);
  expect(list.length).toBe(72);
  expect(Math.abs(count(list, 'blur') - count(list, 'noise'))).toBeLessThanOrEqual(1);
  expect(shown({ badShare: 0, badKinds: null })).toEqual(list.filter((defect) => defect === null));
});

test('kinds that are not wanted are left out, and unknown ones refused', () => {
  const list = shown({ badShare: null, badKinds: ['noise'] });
  expect([count(list, null), count(list, 'noise'), count(list, 'blur')]).toEqual([54, 18, 0]);
  expect(() => shown({ badShare: null, badKinds: ['mud'] })).toThrow(
    'expected badKinds of blur, noise, got mud',
  );
});
