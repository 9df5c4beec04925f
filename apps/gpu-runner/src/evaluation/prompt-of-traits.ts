import { fixArticles } from '../dataset/captions/fix-articles.ts';
import { CHARACTERS, MATERIALS, ORIGINS, PEOPLE, STYLES } from '../dataset/captions/subject-phrases.ts';
import { HAIR_COLOR_WORDS, HEADWEAR_COLOR_WORDS, TRAIT_PHRASES } from '../dataset/captions/trait-phrases.ts';
import type { TraitName, Traits } from '../dataset/traits.ts';
import { JUDGED_TRAITS, type JudgedTrait } from './judged-traits.ts';

/** A prompt and the traits that it asks for. */
export interface TraitPrompt {
  readonly prompt: string;
  readonly asked: readonly JudgedTrait[];
}

/** Traits said by the subject's noun and what stands before it. */
const IN_SUBJECT: ReadonlySet<TraitName> = new Set([
  'character',
  'material',
  'style',
  'gender',
  'age',
  'origin',
]);
const COLOR_OF: { readonly [N in TraitName]?: readonly TraitName[] } = {
  hairColor: ['hair', 'beard'],
  headwearColor: ['headwear'],
};

/** Asks plainly, in the first wording of each trait, for the subject and the traits `wanted`. */
export function promptOfTraits(traits: Traits, wanted: ReadonlySet<TraitName>): TraitPrompt {
  const { age, character, gender, material, origin, style } = traits;
  const human = character === 'human';
  const noun = human ? PEOPLE[gender][age][0] : CHARACTERS[character][0];
  const asked = new Set<TraitName>(human ? ['character', 'gender', 'age'] : ['character']);
  const words = [noun];
  if (human && wanted.has('origin') && material === 'flesh') {
    words.unshift(ORIGINS[origin][0]);
    asked.add('origin');
  }
  if (style !== 'realistic') {
    words.unshift(STYLES[style].before[0]);
    asked.add('style');
  }
  let subject = `a ${words.join(' ')}`;
  if (material !== 'flesh') {
    subject = `a ${MATERIALS[material][0]} ${subject}`;
    asked.add('material');
  }
  const details: string[] = [];
  for (const name of wanted) {
    const phrases: { readonly [value: string]: readonly string[] } = TRAIT_PHRASES[name] ?? {};
    const phrase = phrases[traits[name]]?.[0];
    if (IN_SUBJECT.has(name) || phrase === undefined) continue;
    asked.add(name);
    for (const color of ['hairColor', 'headwearColor'] as const) {
      const colored = COLOR_OF[color]?.includes(name) === true && phrase.includes('{');
      if (colored && wanted.has(color)) asked.add(color);
    }
    const hair = wanted.has('hairColor') ? HAIR_COLOR_WORDS[traits.hairColor][0] : '';
    const hat = wanted.has('headwearColor') ? HEADWEAR_COLOR_WORDS[traits.headwearColor][0] : '';
    details.push(phrase.replace('{hair}', hair).replace('{hat}', hat));
  }
  const prompt = fixArticles(`a DSLR portrait of ${[subject, ...details].join(', ')}`);
  return { prompt, asked: JUDGED_TRAITS.filter((name) => asked.has(name)) };
}
