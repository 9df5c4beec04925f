import { TRAITS } from '../traits.ts';
import type { Traits } from '../traits.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import { scaled } from './choose.ts';
import type { Choose } from './choose.ts';
import { BARE, GREENSKINS } from './character-kinds.ts';
import type { Making, Person } from './draw-person.ts';
import type { Wear } from './draw-wear.ts';
import * as usual from './trait-weights.ts';
import type { Weights } from './trait-weights.ts';

/** What grows on somebody's head. */
export type Hair = Pick<Traits, 'hair' | 'hairColor' | 'beard'>;

/** Hair that goes under a hat without pushing it up. */
const FLAT_HAIR: ReadonlySet<Traits['hair']> = new Set([
  'bald',
  'buzz cut',
  'short',
  'curly',
  'long',
  'wavy',
  'bob',
  'ponytail',
  'braids',
  'pigtails',
  'dreadlocks',
]);
const CLOSE_HAIR: ReadonlySet<Traits['hair']> = new Set(['bald', 'buzz cut', 'short']);

export function drawHair(choose: Choose, head: Person & Making & Wear): Hair {
  const { character, gender, age, origin, headwear } = head;
  const cover = headwearCover(headwear);
  const hair: { [H in Traits['hair']]?: number } = {};
  for (const style of TRAITS.hair) {
    const room =
      cover === 'none' || (cover === 'head' ? CLOSE_HAIR.has(style) : FLAT_HAIR.has(style)) ? 1 : 0;
    const byOrigin = usual.HAIR_BY_ORIGIN[origin][style] ?? 1;
    const byAge = usual.HAIR_BY_AGE[age][style] ?? 1;
    hair[style] = (usual.HAIR[gender][style] ?? 0) * byOrigin * byAge * room * hairFits(character, style);
  }
  const hairStyle = choose('hair', hair);
  const hairColor = choose('hairColor', hairColors(head));
  const beard = choose('beard', beardWeights(head));
  return { hair: hairStyle, hairColor, beard };
}

/** Factor on a hair style for who wears it. */
function hairFits(character: Traits['character'], style: Traits['hair']): number {
  if (BARE.has(character)) return style === 'bald' ? 500 : character === 'robot' ? 0.3 : 0;
  if (GREENSKINS.has(character)) return style === 'bald' ? 12 : style === 'mohawk' ? 4 : 0.6;
  if (character === 'elf') return style === 'long' ? 5 : style === 'bald' ? 0.1 : 1;
  if (character === 'demon' || character === 'zombie') return style === 'bald' ? 4 : 1;
  if (character === 'vampire') return style === 'slicked back' ? 6 : style === 'bald' ? 0.5 : 1;
  if (character === 'clown') return style === 'afro' || style === 'curly' ? 5 : style === 'bald' ? 2 : 0.6;
  return 1;
}

function hairColors({ character, age, origin }: Person): Weights<'hairColor'> {
  const natural = usual.HAIR_COLOR[origin];
  const coat = usual.COAT[character];
  if (coat) return coat;
  if (character === 'clown')
    return { red: 30, blue: 14, green: 14, pink: 14, purple: 12, blond: 8, black: 8 };
  if (age === 'very old') return { white: 58, gray: 36, black: 3, brown: 3 };
  if (age === 'old') return { gray: 56, white: 30, black: 6, brown: 4, 'dark brown': 4 };
  if (age === 'middle-aged') return { ...scaled(natural, 84), gray: 14, ...scaled(usual.DYED_HAIR, 2) };
  const dyed = character === 'human' ? (age === 'child' ? 3 : 11) : 16;
  return { ...scaled(usual.DYED_HAIR, dyed), ...scaled(natural, 100 - dyed) };
}

function beardWeights({ character, gender, age, headwear }: Person & Wear): Weights<'beard'> {
  const grown = gender === 'male' && age !== 'child' && !BARE.has(character);
  if (!grown || headwear === 'motorcycle helmet' || headwear === 'knight helmet') return { none: 1 };
  if (character === 'dwarf') return { none: 6, 'full beard': 40, 'long beard': 54 };
  const share = beardShare(character, age);
  const beards: { [B in Traits['beard']]?: number } = { ...usual.BEARD };
  if (headwear === 'wizard hat') beards['long beard'] = 120;
  if (headwear === 'viking helmet') beards['full beard'] = 60;
  if (headwear === 'astronaut helmet') beards['long beard'] = 0;
  if (age === 'teenager') return { none: 85, stubble: 8, mustache: 3, goatee: 4 };
  const total = Object.values(beards).reduce((sum, weight) => sum + weight, 0);
  return { ...beards, none: (total * (1 - share)) / share };
}

function beardShare(character: Traits['character'], age: Traits['age']): number {
  if (character === 'human') return age === 'old' || age === 'very old' ? 0.5 : 0.55;
  if (character === 'alien' || character === 'elf' || character === 'goblin') return 0.05;
  return character === 'clown' ? 0.08 : 0.22;
}
