import type { RandomStream } from '../../tensor/random.ts';
import type { PictureKind } from '../example.ts';
import type { TraitName, Traits } from '../traits.ts';
import { choosePhrase } from './choose-phrase.ts';
import { describeSubject } from './describe-subject.ts';
import { fixArticles } from './fix-articles.ts';
import { seenTraits } from './seen-traits.ts';
import type { View } from './seen-traits.ts';
import { CHARACTER_PHRASES, FRAMES, STYLES } from './subject-phrases.ts';
import { HAIR_COLOR_WORDS, HEADWEAR_COLOR_WORDS, TRAIT_PHRASES } from './trait-phrases.ts';

/** Words behind the subject, without frame and view words: more would not fit into the teacher's 40 tokens. */
const DETAIL_WORDS_MAX = 19;

/** How likely a trait is to be said where it can be seen; what is not named here is 0.8. */
const SAID: { readonly [N in TraitName]?: number } = {
  headwear: 0.95,
  hair: 0.88,
  beard: 0.93,
  eyewear: 0.94,
  mask: 0.95,
  expression: 0.88,
  facePaint: 0.93,
  eyeColor: 0.25,
  skin: 0.18,
  faceShape: 0.6,
  blush: 0.6,
  eyebrows: 0.6,
};

/** What users write into the prompt of every view is also said from behind, now and then. */
const SAID_UNSEEN: { readonly [N in TraitName]?: number } = {
  beard: 0.6,
  eyewear: 0.5,
  mask: 0.5,
  facePaint: 0.25,
};

/**
 * Describes a picture as a prompt would: frame, subject, some of its traits in some order, view words, kind of picture.
 *
 * References: HeadArtist, prompts "a DSLR portrait of …" and "a head of …" with view words behind a comma.
 */
export function writeCaption(
  traits: Traits,
  { view, kind }: { view: View; kind: PictureKind },
  random: RandomStream,
): string {
  const seen = seenTraits(traits, view);
  const brief = random.uniform() < 0.2;
  const subject = describeSubject(traits, seen, brief, random);
  const details = chooseDetails(traits, view, subject.said, brief, random);
  const text = `${chooseFrame(random)} ${joinDetails(subject.text, details, random)}`;
  const finish = kind === 'photo' && traits.style === 'realistic' && traits.material === 'flesh' ? 0.07 : 0;
  const praise = random.uniform() < finish ? `, ${choosePhrase(STYLES.realistic.behind, random)}` : '';
  return fixArticles(text + praise) + viewEnding(view, kind, random);
}

/** ", front view" and ", normal map", each left out now and then. */
export function viewEnding(view: View, kind: PictureKind, random: RandomStream): string {
  const words = random.uniform() < 0.9 ? `, ${view} view` : '';
  return kind === 'normals' && random.uniform() < 0.95 ? `${words}, normal map` : words;
}

function chooseFrame(random: RandomStream): string {
  let left = random.uniform() * FRAMES.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [words, weight] of FRAMES) {
    if (left < weight) return words;
    left -= weight;
  }
  return '';
}

/** The phrases to say, in random order, the less telling ones dropped where there are too many words. */
function chooseDetails(
  traits: Traits,
  view: View,
  said: ReadonlySet<TraitName>,
  brief: boolean,
  random: RandomStream,
): string[] {
  const seen = seenTraits(traits, view);
  const seenInFront = seenTraits(traits, 'front');
  const found: { phrase: string; rank: number }[] = [];
  // Object.keys of a complete Traits are the trait names.
  for (const name of Object.keys(traits) as TraitName[]) {
    const options = phrasesOf(traits, name);
    if (options.length === 0 || said.has(name)) continue;
    const share = seen.has(name)
      ? sayShare(traits, name)
      : seenInFront.has(name)
        ? (SAID_UNSEEN[name] ?? 0.12 * sayShare(traits, name))
        : 0;
    if (random.uniform() < share) {
      const phrase = withColors(choosePhrase(options, random), traits, seen, random);
      found.push({ phrase, rank: random.uniform() * share });
    }
  }
  const natural = CHARACTER_PHRASES[traits.character];
  if (natural && traits.material === 'flesh' && random.uniform() < 0.22)
    found.push({ phrase: choosePhrase(natural, random), rank: random.uniform() * 0.5 });
  const ranked = found.toSorted((a, b) => b.rank - a.rank).map(({ phrase }) => phrase);
  const kept: string[] = [];
  let words = 0;
  for (const phrase of brief ? ranked.slice(0, random.uniform() < 0.7 ? 1 : 0) : ranked) {
    words += phrase.split(' ').length;
    if (words <= DETAIL_WORDS_MAX) kept.push(phrase);
  }
  return shuffled(kept, random);
}

function phrasesOf(traits: Traits, name: TraitName): readonly string[] {
  const phrases: { readonly [value: string]: readonly string[] } = TRAIT_PHRASES[name] ?? {};
  return phrases[traits[name]] ?? [];
}

function sayShare({ character, expression, hair, material }: Traits, name: TraitName): number {
  if (name === 'expression' && expression === 'neutral') return 0.05;
  if (name === 'hair' && hair === 'bald' && character !== 'human') return 0.12;
  if (name === 'mark' && material !== 'flesh') return 0.5;
  return SAID[name] ?? 0.8;
}

/** Colors in their places; a color that cannot be seen is hardly said. */
function withColors(
  phrase: string,
  { hairColor, headwearColor }: Traits,
  seen: ReadonlySet<TraitName>,
  random: RandomStream,
): string {
  const hair = random.uniform() < (seen.has('hairColor') ? 0.88 : 0.1);
  const hat = random.uniform() < (seen.has('headwearColor') ? 0.88 : 0.1);
  return phrase
    .replace('{hair}', hair ? choosePhrase(HAIR_COLOR_WORDS[hairColor], random) : '')
    .replace('{hat}', hat ? choosePhrase(HEADWEAR_COLOR_WORDS[headwearColor], random) : '');
}

/** "a man with A and B wearing C, smiling", or "a man, A, B, C, smiling". */
function joinDetails(subject: string, details: readonly string[], random: RandomStream): string {
  if (random.uniform() < 0.15) return [subject, ...details.map(bare)].join(', ');
  const asWith = random.uniform() < 0.2;
  const having: string[] = [];
  const wearing: string[] = [];
  const being: string[] = [];
  for (const phrase of details) {
    if (phrase.startsWith('with ')) having.push(phrase.slice(5));
    else if (phrase.startsWith('wearing ')) (asWith ? having : wearing).push(phrase.slice(8));
    else being.push(phrase);
  }
  const groups: string[] = [];
  if (having.length > 0) groups.push(`with ${enumerate(having)}`);
  if (wearing.length > 0) groups.push(`wearing ${enumerate(wearing)}`);
  const turned = groups.length === 2 && random.uniform() < 0.4;
  // "wearing a hat with a beard" would give the beard to the hat.
  const comma = turned || subject.includes(',') || random.uniform() < 0.2 ? ', ' : ' ';
  return [[subject, ...(turned ? groups.toReversed() : groups)].join(comma), ...being].join(', ');
}

/** As in a list of key words. */
function bare(phrase: string): string {
  return phrase.replace(/^(with|wearing) (a (?!pair|bit))?/, '');
}

function enumerate(phrases: readonly string[]): string {
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`;
}

function shuffled<T>(items: readonly T[], random: RandomStream): T[] {
  const keyed = items.map((item) => ({ item, key: random.uniform() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}
