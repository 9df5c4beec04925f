import { seenTraits } from '../dataset/captions/seen-traits.ts';
import { heldOutPairs } from '../dataset/held-out.ts';
import { sampleTraits } from '../dataset/sample-traits.ts';
import type { TraitName, Traits } from '../dataset/traits.ts';
import { createRandom } from '../tensor/random.ts';
import { JUDGED_TRAITS, type JudgedTrait } from './judged-traits.ts';
import { promptOfTraits } from './prompt-of-traits.ts';

/** One head to ask a teacher for. */
export interface EvaluationItem {
  readonly name: string;
  /** Whether the data set shows such heads, or keeps the pair of traits apart. */
  readonly combination: 'seen' | 'held-out';
  readonly traits: Traits;
  readonly prompt: string;
  readonly asked: readonly JudgedTrait[];
}

/** What is nothing special and so not worth asking for. */
const PLAIN: ReadonlySet<string> = new Set(['none', 'neutral', 'natural', 'flesh', 'realistic']);
/** Traits beyond the subject in one prompt. */
const DETAILS_MAX = 3;

/** The fixed questions to a teacher: `count` heads as the data set has them, and `count` heads that it holds out. */
export function evaluationSet(count: number): readonly EvaluationItem[] {
  const seen = Array.from({ length: count }, (_, n): EvaluationItem => {
    const random = createRandom(n, 'evaluation/seen');
    const traits = sampleTraits(random);
    const visible = seenTraits(traits, 'front');
    const special = JUDGED_TRAITS.filter((name) => visible.has(name) && !PLAIN.has(traits[name]));
    const shuffled = special
      .map((name) => ({ name, key: random.uniform() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ name }) => name);
    const wanted = new Set<TraitName>(shuffled.slice(0, DETAILS_MAX));
    if (wanted.has('headwearColor')) wanted.add('headwear');
    if (wanted.has('hairColor')) wanted.add(traits.hair === 'bald' ? 'beard' : 'hair');
    return { name: `seen-${n}`, combination: 'seen', traits, ...promptOfTraits(traits, wanted) };
  });
  const heldOut = Array.from({ length: count }, (_, n): EvaluationItem => {
    const pair = heldOutPairs[n % heldOutPairs.length];
    // A pair names each of its traits with one of the trait's own values.
    const wanted = Object.fromEntries(pair.map(({ trait, value }) => [trait, value])) as Partial<Traits>;
    // Where someone comes from, and the color of hair, is said of people with hair.
    const person: Partial<Traits> = wanted.origin
      ? { character: 'human', material: 'flesh', hair: 'long' }
      : {};
    const traits = sampleTraits(createRandom(n, 'evaluation/held-out'), { ...person, ...wanted });
    const names = new Set<TraitName>(pair.map(({ trait }) => trait));
    const said = new Set<TraitName>(wanted.origin ? [...names, 'hair'] : names);
    const { prompt, asked } = promptOfTraits(traits, said);
    return {
      name: `held-out-${n}`,
      combination: 'held-out',
      traits,
      prompt,
      asked: asked.filter((name) => names.has(name)),
    };
  });
  return [...seen, ...heldOut];
}
