import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { expect, test } from 'vitest';
import { unknownWords } from '../../teacher/unknown-words.ts';
import { createRandom } from '../../tensor/random.ts';
import { sampleTraits } from '../sample-traits.ts';
import type { TraitName, Traits } from '../traits.ts';
import { TRAITS } from '../traits.ts';
import { knownWords, stopWords } from './known-words.ts';
import { TRAIT_PHRASES } from './trait-phrases.ts';
import { writeBadCaption } from './write-bad-caption.ts';
import { writeCaption } from './write-caption.ts';

const VIEWS = ['front', 'side', 'back'] as const;
const COUNT = 12_000;

const examples = Array.from({ length: COUNT }, (_, index) => {
  const random = createRandom(index, 'caption');
  const traits = sampleTraits(random);
  const view = VIEWS[index % 3];
  const kind: 'photo' | 'normals' = index % 4 === 0 ? 'normals' : 'photo';
  return { traits, view, kind, caption: writeCaption(traits, { view, kind }, random) };
});
const captions = examples.map(({ caption }) => caption);

function share(items: readonly string[], holds: (caption: string) => boolean): number {
  return items.filter(holds).length / items.length;
}

test('the same stream writes the same caption', () => {
  const write = (): string => {
    const random = createRandom(7, 'caption');
    return writeCaption(sampleTraits(random), { view: VIEWS[1], kind: 'photo' }, random);
  };
  expect(write()).toBe(write());
});

const tokenizerFile = new URL('../../../../../models/starter/tokenizer/tokenizer.json', import.meta.url);
const tokenizer = new Tokenizer(JSON.parse(readFileSync(tokenizerFile, 'utf8')), {});
const isLong = (caption: string): boolean => tokenizer.encode(caption).ids.length > 40;

test("captions fit into the teacher's 40 tokens", () => {
  expect(share(captions.slice(0, 4000), isLong)).toBeLessThan(0.004);
});

test('even a head with something special everywhere is told in 40 tokens, nearly always', () => {
  const traits = sampleTraits(createRandom(1), {
    character: 'human',
    build: 'fat',
    faceShape: 'round',
    feature: 'big nose',
    beard: 'handlebar mustache',
    eyebrows: 'bushy',
    gaze: 'left',
    facePaint: 'butterfly',
    mark: 'freckles',
    headwear: 'feather headdress',
    eyewear: 'round glasses',
    jewelry: 'hoop earrings',
    expression: 'tongue out',
  });
  const told = Array.from({ length: 400 }, (_, seed) =>
    writeCaption(traits, { view: 'front', kind: 'normals' }, createRandom(seed)),
  );
  expect(share(told, isLong)).toBeLessThan(0.08);
});

test('view words end nine captions in ten, "normal map" those of normal maps', () => {
  for (const view of VIEWS) {
    const ofView = examples.filter((example) => example.view === view);
    const photos = ofView.filter(({ kind }) => kind === 'photo').map(({ caption }) => caption);
    const normals = ofView.filter(({ kind }) => kind === 'normals').map(({ caption }) => caption);
    expect(share(photos, (caption) => caption.endsWith(`, ${view} view`))).toBeCloseTo(0.9, 1);
    expect(share(photos, (caption) => caption.includes('normal map'))).toBe(0);
    expect(share(normals, (caption) => caption.endsWith(', normal map'))).toBeGreaterThan(0.9);
    expect(share(normals, (caption) => caption.endsWith(`, ${view} view, normal map`))).toBeGreaterThan(0.8);
  }
});

test('captions open as the prompts of the paper do', () => {
  expect(share(captions, (caption) => caption.startsWith('a DSLR portrait of '))).toBeGreaterThan(0.2);
  expect(share(captions, (caption) => caption.startsWith('a head of '))).toBeGreaterThan(0.18);
});

test('a fifth of the captions is short', () => {
  const bare = captions.map((caption) => caption.replace(/, (front|side|back) view|, normal map/g, ''));
  expect(share(bare, (caption) => caption.split(' ').length <= 9)).toBeGreaterThan(0.2);
});

test('captions are clean English: articles, spaces, commas, nothing left open', () => {
  const wrong =
    /[{}]| {2}|,,| ,|, and|\ba (?=[aeio])(?!one|euro)|\ban (?=[^aeiouAEIOU])|\b(with|wearing|and|of|a|an)(,|$)|\b(\w+) \3\b/;
  expect(captions.filter((caption) => wrong.test(caption)).slice(0, 5)).toEqual([]);
});

test('captions are made of at least 250 concept words, and of known words only', () => {
  const known = { words: knownWords(), stopWords: [...stopWords] };
  const spoken = new Set(captions.flatMap((caption) => caption.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  const concepts = known.words.filter((word) => spoken.has(word));
  expect(concepts.length).toBeGreaterThanOrEqual(250);
  expect(unknownWords(captions.join(' '), known)).toEqual([]);
});

test('every value but the ordinary ones has words', () => {
  const ordinary = new Set(['none', 'average', 'natural', 'ahead']);
  const bySubject: readonly TraitName[] = [
    'character',
    'material',
    'style',
    'gender',
    'age',
    'origin',
    'build',
  ];
  const byColor: readonly TraitName[] = ['hairColor', 'headwearColor'];
  const silent = (Object.keys(TRAITS) as TraitName[])
    .filter((name) => !bySubject.includes(name) && !byColor.includes(name))
    .flatMap((name) => {
      const phrases: { readonly [value: string]: readonly string[] } = TRAIT_PHRASES[name] ?? {};
      return TRAITS[name].filter((value) => !ordinary.has(value) && !phrases[value]?.length);
    });
  expect(silent).toEqual([]);
});

test('what users ask for in every view is said in every view, what only the face shows hardly from behind', () => {
  const says = (view: string, has: (traits: Traits) => boolean, words: RegExp): number => {
    const found = examples.filter((example) => example.view === view && has(example.traits));
    return share(
      found.map(({ caption }) => caption),
      (caption) => words.test(caption),
    );
  };
  const flesh = (traits: Traits): boolean => traits.material === 'flesh' && traits.eyewear === 'none';
  for (const view of VIEWS) {
    expect(says(view, (t) => t.headwear === 'baseball cap', /cap\b/)).toBeGreaterThan(0.6);
    expect(says(view, (t) => t.character === 'orc', /orc|troll|ogre/)).toBe(1);
    expect(says(view, (t) => t.material === 'bronze', /bronze|copper/)).toBe(1);
    expect(says(view, (t) => t.beard === 'full beard' && t.mask === 'none', /beard/)).toBeGreaterThan(0.35);
  }
  const blue = (t: Traits): boolean => flesh(t) && t.character === 'human' && t.eyeColor === 'blue';
  expect(says('front', blue, /blue eyes/)).toBeGreaterThan(0.1);
  expect(says('back', blue, /blue eyes/)).toBeLessThan(0.06);
  expect(says('back', (t) => t.expression === 'angry', /angry|furious|scowl/)).toBeLessThan(0.15);
});

test('a bad caption names the defect, behind the caption or behind "a head"', () => {
  const random = createRandom(5);
  const bad = captions
    .slice(0, 400)
    .map((caption) => writeBadCaption(caption, 'blurry', { view: 'side', kind: 'normals' }, random));
  expect(share(bad, (caption) => caption.includes(', blurry, low quality'))).toBe(1);
  expect(share(bad, (caption) => caption.startsWith('a head, blurry'))).toBeCloseTo(0.45, 1);
  expect(bad).toContain('a head, blurry, low quality, side view, normal map');
});
