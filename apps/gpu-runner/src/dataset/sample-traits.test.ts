import { expect, test } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { heldOutPairs, isHeldOut } from './held-out.ts';
import { sampleTraits } from './sample-traits.ts';
import type { TraitName, Traits } from './traits.ts';
import { TRAITS } from './traits.ts';

const COUNT = 20_000;
const random = createRandom(1);
const heads = Array.from({ length: COUNT }, () => sampleTraits(random));

function share(holds: (traits: Traits) => boolean): number {
  return heads.filter(holds).length / COUNT;
}

test('the same seed draws the same heads', () => {
  const again = createRandom(1);
  for (const head of heads.slice(0, 50)) expect(sampleTraits(again)).toEqual(head);
});

test.each(['character', 'hair', 'hairColor', 'beard', 'headwear', 'eyewear'] as const)(
  'every value of %s is on at least one in 200 heads',
  (name) => {
    const rare = TRAITS[name].filter((value) => share((head) => head[name] === value) < 0.005);
    expect(rare).toEqual([]);
  },
);

test('every value of every trait is on at least 0.2 % of the heads', () => {
  const names = Object.keys(TRAITS) as TraitName[];
  const rare = names.flatMap((name) =>
    TRAITS[name].filter((value) => share((head) => head[name] === value) < 0.002),
  );
  expect(rare).toEqual([]);
});

test('shares are those that the data set promises', () => {
  expect(share((head) => head.character === 'human')).toBeCloseTo(0.64, 1);
  expect(share((head) => head.headwear !== 'none')).toBeCloseTo(0.31, 1);
  expect(share((head) => head.eyewear !== 'none')).toBeCloseTo(0.18, 1);
  expect(share((head) => head.material !== 'flesh')).toBeCloseTo(0.08, 1);
  for (const origin of TRAITS.origin) expect(share((head) => head.origin === origin)).toBeGreaterThan(0.12);
  expect(share((head) => specials(head) <= 3)).toBeGreaterThan(0.75);
});

test('children have no beards and no gray hair, women no beards', () => {
  const wrong = (head: Traits): boolean =>
    (head.age === 'child' && (head.beard !== 'none' || head.hairColor === 'gray')) ||
    (head.gender === 'female' && head.beard !== 'none');
  expect(heads.filter(wrong)).toEqual([]);
});

test('most old people are gray or white', () => {
  const old = heads.filter(
    (head) => (head.age === 'old' || head.age === 'very old') && head.character !== 'clown',
  );
  const faded = old.filter((head) => head.hairColor === 'gray' || head.hairColor === 'white');
  expect(faded.length / old.length).toBeGreaterThan(0.75);
});

test('heads without human skin have no beard, paint or make-up', () => {
  const bare: readonly string[] = ['skull', 'robot', 'gray alien', 'cat', 'lion', 'ape', 'wolf'];
  const wrong = heads.filter(
    (head) =>
      bare.includes(head.character) &&
      (head.beard !== 'none' || head.facePaint !== 'none' || head.lipColor !== 'natural'),
  );
  expect(wrong).toEqual([]);
});

test('no head shows a held-out pair, yet both of its values are common apart', () => {
  expect(heads.filter(isHeldOut)).toEqual([]);
  expect(heldOutPairs.length).toBeGreaterThanOrEqual(12);
  for (const { trait, value } of heldOutPairs.flat())
    expect(
      share((head) => head[trait] === value),
      `${trait} ${value}`,
    ).toBeGreaterThan(0.005);
});

test('wanted values are there, held-out or not, and the others fit them', () => {
  for (const [first, second] of heldOutPairs) {
    const wanted = { [first.trait]: first.value, [second.trait]: second.value };
    const head = sampleTraits(createRandom(3), wanted);
    expect(isHeldOut(head)).toBe(true);
    if (head.beard !== 'none') expect(head.gender).toBe('male');
  }
});

/** How many things of a head are out of the ordinary. */
function specials(head: Traits): number {
  const ordinary: Partial<Traits> = {
    material: 'flesh',
    style: 'realistic',
    build: 'average',
    faceShape: 'average',
    feature: 'none',
    beard: 'none',
    eyebrows: 'average',
    gaze: 'ahead',
    lipColor: 'natural',
    eyeShadow: 'none',
    blush: 'none',
    facePaint: 'none',
    mark: 'none',
    headwear: 'none',
    eyewear: 'none',
    mask: 'none',
    jewelry: 'none',
    expression: 'neutral',
  };
  return Object.entries(ordinary).filter(([name, value]) => head[name as TraitName] !== value).length;
}
