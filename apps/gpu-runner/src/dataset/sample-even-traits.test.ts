import { expect, test } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { isHeldOut } from './held-out.ts';
import { sampleEvenTraits } from './sample-even-traits.ts';
import { TRAITS, type TraitName } from './traits.ts';

const COUNT = 6000;
const random = createRandom(1);
const heads = Array.from({ length: COUNT }, () => sampleEvenTraits(random));
const names = Object.keys(TRAITS) as TraitName[];

test('every value of every trait is on at least one head in the number of all traits and values of its own', () => {
  const rare = names.flatMap((name) =>
    TRAITS[name].filter((value) => {
      const count = heads.filter((head) => head[name] === value).length;
      // Asked for once in so many heads; three quarters of it is more than four standard deviations below.
      return count < (0.75 * COUNT) / (names.length * TRAITS[name].length);
    }),
  );
  expect(rare).toEqual([]);
});

test('no held-out pair is ever shown', () => {
  expect(heads.some(isHeldOut)).toBe(false);
});
