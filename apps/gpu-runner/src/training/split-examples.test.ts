import { expect, test } from 'vitest';
import type { StoredExample } from '../dataset/shards/dataset-files.ts';
import { createRandom } from '../tensor/random.ts';
import { heldOutSample, lossKind, shuffledEpochs, splitExamples } from './split-examples.ts';

const kinds = [
  ['photo', null],
  ['normals', null],
  ['photo', 'blur'],
] as const;
// Only what splitting reads of an example.
const examples = Array.from({ length: 300 }, (_, n) => {
  const [kind, defect] = kinds[n % 3];
  return { identity: Math.floor(n / 3), kind, defect } as StoredExample;
});

test('a held-out person is in no training picture', () => {
  const { train, heldOut } = splitExamples(examples);
  const people = (indices: Uint32Array) => new Set([...indices].map((n) => examples[n].identity));
  expect([...people(heldOut)]).toEqual([0, 50]);
  expect(people(train).has(0) || people(train).has(50)).toBe(false);
  expect(train.length + heldOut.length).toBe(300);
});

test('the held-out sample has every kind and is always the same', () => {
  const { heldOut } = splitExamples(examples);
  const sample = heldOutSample(examples, heldOut, 2);
  expect(sample.map((n) => lossKind(examples[n]))).toEqual([
    'photo',
    'photo',
    'normals',
    'normals',
    'bad',
    'bad',
  ]);
  expect(heldOutSample(examples, heldOut, 2)).toEqual(sample);
});

test('every epoch shows every picture once, in an order of its own, from wherever one enters', () => {
  const { train } = splitExamples(examples);
  const epochs = shuffledEpochs(train, createRandom(1));
  const epoch = (k: number) => Array.from(train, (_, i) => epochs.at(k * train.length + i));
  const [first, second] = [epoch(0), epoch(1)];
  expect(first.toSorted((a, b) => a - b)).toEqual([...train]);
  expect(second.toSorted((a, b) => a - b)).toEqual([...train]);
  expect(second).not.toEqual(first);
  expect(shuffledEpochs(train, createRandom(1)).at(train.length + 7)).toBe(second[7]);
});
