import type { RandomStream } from '../../tensor/random.ts';
import type { TraitName, Traits } from '../traits.ts';
import { choosePhrase } from './choose-phrase.ts';
import * as words from './subject-phrases.ts';

/** A noun with its adjectives, its articles still "a", and what it has said already. */
export interface Subject {
  readonly text: string;
  readonly said: ReadonlySet<TraitName>;
}

/** Who is in the picture: "a fat old african man", "a marble statue of a woman", "a green orc", "a pirate". */
export function describeSubject(
  traits: Traits,
  seen: ReadonlySet<TraitName>,
  brief: boolean,
  random: RandomStream,
): Subject {
  const said = new Set<TraitName>();
  const chance = (share: number): boolean => random.uniform() < share;
  const { age, noun } =
    traits.character === 'human' ? personNoun(traits, said, random) : characterNoun(traits, random);
  const adjectives: string[] = [];
  const origin: string[] = [];
  if (!brief) {
    adjectives.push(...faceAdjective(traits, seen, said, random));
    if (traits.build !== 'average' && chance(0.85))
      adjectives.push(choosePhrase(words.BUILDS[traits.build], random));
    if (seen.has('origin') && chance(traits.material === 'flesh' ? 0.4 : 0.1))
      origin.push(originWord(traits, random));
  }
  const natural = words.CHARACTER_ADJECTIVES[traits.character];
  if (natural && traits.material === 'flesh' && chance(brief ? 0.3 : 0.38))
    adjectives.push(choosePhrase(natural, random));
  const fur = words.FUR_COLORS[traits.character]?.[traits.hairColor];
  if (fur && seen.has('hairColor') && chance(0.6)) adjectives.push(choosePhrase(fur, random));
  const { before, behind } = style(traits, random);
  const leading = [...before, ...adjectives.slice(-2), ...age, ...origin];
  // "a metal robot" is not called metal twice, nor a wrinkled old man old.
  const spoken = leading.filter(
    (word, place) => !`${noun} ${leading.slice(place + 1).join(' ')}`.split(' ').includes(word),
  );
  const subject = `a ${[...spoken, noun].join(' ')}${behind}`;
  return { text: inMaterial(traits, subject, random), said };
}

interface Noun {
  /** Words of age, before those of origin. */
  readonly age: readonly string[];
  readonly noun: string;
}

function personNoun(traits: Traits, said: Set<TraitName>, random: RandomStream): Noun {
  const { age, gender, headwear, mask } = traits;
  const worn = { headwear, mask };
  for (const trait of ['headwear', 'mask'] as const) {
    const roles = words.ROLES[worn[trait]];
    if (!roles || random.uniform() > 0.45) continue;
    // A role implies its hat, which is then said in half of the captions only.
    if (random.uniform() < 0.5) said.add(trait);
    return { age: agePrefix(age, gender, random), noun: choosePhrase(roles[gender], random) };
  }
  if (random.uniform() < 0.02) return { age: [], noun: 'person' };
  const person = choosePhrase(words.PEOPLE[gender][age], random).split(' ');
  return { age: person.slice(0, -1), noun: person.at(-1) ?? 'person' };
}

function agePrefix(age: Traits['age'], gender: Traits['gender'], random: RandomStream): string[] {
  if (age === 'child') return [gender === 'male' ? 'little' : 'young'];
  if (age === 'young' || random.uniform() < 0.3) return [];
  return [age === 'teenager' ? 'young' : age];
}

function characterNoun({ age, character, gender }: Traits, random: RandomStream): Noun {
  if (character === 'human') return { age: [], noun: 'human' };
  const noun = choosePhrase(words.CHARACTERS[character], random);
  const gendered = words.GENDERED.has(character) && !noun.includes(' ');
  const withGender = gendered && random.uniform() < (gender === 'female' ? 0.7 : 0.15);
  const prefix: string[] = [];
  if ((age === 'old' || age === 'very old') && random.uniform() < 0.5) prefix.push('old');
  if (age === 'child' && random.uniform() < 0.7) prefix.push('little');
  return { age: prefix, noun: withGender ? genderedNoun(noun, gender, random) : noun };
}

function genderedNoun(noun: string, gender: Traits['gender'], random: RandomStream): string {
  return random.uniform() < 0.5 ? `${gender} ${noun}` : `${noun} ${gender === 'female' ? 'woman' : 'man'}`;
}

function originWord({ gender, origin }: Traits, random: RandomStream): string {
  const word = choosePhrase(words.ORIGINS[origin], random);
  return word === 'latino' && gender === 'female' ? 'latina' : word;
}

/** "smiling", "bald" or "bearded" before the noun: then it need not follow. */
function faceAdjective(
  { beard, expression, hair }: Traits,
  seen: ReadonlySet<TraitName>,
  said: Set<TraitName>,
  random: RandomStream,
): string[] {
  const feeling = words.FACE_ADJECTIVES.expression[expression];
  if (seen.has('expression') && feeling && random.uniform() < (expression === 'neutral' ? 0.02 : 0.2)) {
    said.add('expression');
    return [choosePhrase(feeling, random)];
  }
  const hairy = words.FACE_ADJECTIVES.hair[hair];
  if (seen.has('hair') && hairy && random.uniform() < (hair === 'bald' ? 0.45 : 0.08)) {
    said.add('hair');
    return [choosePhrase(hairy, random)];
  }
  if (beard.endsWith(' beard') && random.uniform() < 0.12) {
    said.add('beard');
    return [choosePhrase(words.FACE_ADJECTIVES.bearded, random)];
  }
  return [];
}

function style({ style: name }: Traits, random: RandomStream): { before: string[]; behind: string } {
  const { before, behind } = words.STYLES[name];
  if (name === 'realistic') return { before: [], behind: '' };
  if (random.uniform() < 0.65) return { before: [choosePhrase(before, random)], behind: '' };
  return { before: [], behind: `, ${choosePhrase(behind, random)}` };
}

function inMaterial({ material }: Traits, subject: string, random: RandomStream): string {
  if (material === 'flesh') return subject;
  if (random.uniform() < 0.8) return `a ${choosePhrase(words.MATERIALS[material], random)} ${subject}`;
  return `${subject} ${choosePhrase(words.MADE_OF[material], random)}`;
}
