import type { Traits } from '../traits.ts';
import type { Choose } from './choose.ts';
import { BARE, FURRED } from './character-kinds.ts';
import type { Hair } from './draw-hair.ts';
import type { Making, Person } from './draw-person.ts';
import type { Wear } from './draw-wear.ts';
import * as usual from './trait-weights.ts';
import type { Weights } from './trait-weights.ts';

/** What a face is like and what it does. */
export type Face = Omit<Traits, keyof (Person & Making & Wear & Hair)>;

export function drawFace(choose: Choose, head: Person & Making & Wear & Hair): Face {
  const { character, eyewear, mask } = head;
  const open = mask === 'none' && eyewear === 'none' ? 1 : 0;
  const natural = BARE.has(character) ? 0 : 1;
  return {
    ...drawFeatures(choose, head, natural),
    eyebrows: choose('eyebrows', { average: 89, bushy: 5 * natural, thin: 3.5 * natural, none: 2 * natural }),
    eyeColor: choose('eyeColor', eyeColors(character, head.origin)),
    gaze: choose('gaze', {
      ahead: 92,
      left: 2 * open,
      right: 2 * open,
      up: 1.6 * open,
      down: 1.6 * open,
      crossed: 1 * open,
    }),
    ...drawMakeup(choose, head, open),
    facePaint: choose('facePaint', paintWeights(head)),
    mark: choose('mark', markWeights(head)),
    expression: choose('expression', expressionWeights(head)),
  };
}

function drawFeatures(
  choose: Choose,
  { beard, build, gender }: Person & Hair,
  natural: number,
): Pick<Face, 'faceShape' | 'feature'> {
  return {
    faceShape: choose('faceShape', {
      average: 80,
      round: build === 'fat' ? 12 : 4,
      oval: 4,
      square: gender === 'male' ? 5 : 2.5,
      long: 3.5,
      triangular: 3.5,
    }),
    feature: choose('feature', {
      none: 86,
      'big nose': 2.4 * natural,
      'small nose': 1.4 * natural,
      'hooked nose': 2 * natural,
      'strong chin': (beard === 'none' ? 1.8 : 0.6) * natural,
      'big ears': 2.2 * natural,
      'full lips': 2 * natural,
      'high cheekbones': 1.3 * natural,
      'big eyes': 1.6 * natural,
    }),
  };
}

function drawMakeup(
  choose: Choose,
  { age, character, gender }: Person,
  open: number,
): Pick<Face, 'lipColor' | 'eyeShadow' | 'blush'> {
  const skinned = BARE.has(character) || character === 'clown' ? 0 : 1;
  const female = gender === 'female' && age !== 'child' && character !== 'orc' ? skinned : 0;
  return {
    lipColor: choose('lipColor', {
      natural: 62,
      red: 13 * female + 0.3 * skinned,
      pink: 7 * female,
      purple: 4 * female + 0.2 * skinned,
      black: 3 * female + 0.6 * skinned,
      blue: 2.4 * female + 0.3 * skinned,
    }),
    eyeShadow: choose('eyeShadow', {
      none: 85,
      blue: 4.5 * female * open,
      purple: 3.5 * female * open,
      black: (3 * female + 0.6 * skinned) * open,
      green: 2.5 * female * open,
      gold: 2.5 * female * open,
    }),
    blush: choose('blush', {
      none: 95,
      rosy: (age === 'child' || gender === 'female' ? 6 : 2) * skinned,
    }),
  };
}

function eyeColors(character: Traits['character'], origin: Traits['origin']): Weights<'eyeColor'> {
  const natural = usual.EYE_COLOR[origin];
  if (character === 'human' || character === 'dwarf' || character === 'clown') return natural;
  if (character === 'elf') return { blue: 35, green: 30, amber: 20, gray: 15 };
  if (FURRED.has(character)) return { amber: 35, yellow: 25, green: 20, blue: 10, brown: 10 };
  if (character === 'ape') return { brown: 60, dark: 30, amber: 10 };
  if (character === 'demon') return { red: 45, yellow: 40, black: 8, white: 7 };
  if (character === 'vampire') return { red: 55, amber: 15, gray: 15, dark: 15 };
  if (character === 'zombie') return { white: 50, gray: 20, yellow: 15, red: 15 };
  if (character === 'alien') return { black: 40, yellow: 20, red: 10, blue: 15, green: 15 };
  if (character === 'gray alien') return { black: 100 };
  if (character === 'robot') return { blue: 45, red: 30, yellow: 15, green: 10 };
  if (character === 'skull') return { black: 85, red: 15 };
  return { yellow: 35, red: 25, brown: 25, amber: 15 };
}

function paintWeights({ character, mask, material }: Person & Making & Wear): Weights<'facePaint'> {
  if (BARE.has(character) || character === 'clown' || mask !== 'none' || material !== 'flesh')
    return { none: 1 };
  return {
    none: 91.5,
    'war paint': character === 'orc' ? 8 : 1.4,
    'tiger stripes': 0.9,
    star: 1,
    butterfly: 0.9,
    'half white': 0.9,
    skeleton: 1.1,
    'football stripes': 0.9,
    rainbow: 0.9,
    whiskers: 0.9,
  };
}

function markWeights({ character, age, material, skin, mask }: Person & Making & Wear): Weights<'mark'> {
  if (BARE.has(character) || mask === 'hockey mask' || mask === 'gas mask') return { none: 1 };
  const carved = material !== 'flesh';
  const old = age === 'old' ? 14 : age === 'very old' ? 30 : age === 'middle-aged' ? 2 : 0;
  if (carved) return { none: 94, scar: 2, wrinkles: old };
  const child = age === 'child';
  return {
    none: 90,
    scar: character === 'orc' || character === 'zombie' ? 7 : child ? 0.2 : 2,
    freckles: skin === 'pale' || skin === 'fair' ? 5 : 0.3,
    wrinkles: old,
    mole: 1.2,
    tattoo: child ? 0 : 1.8,
    burns: child ? 0.1 : 0.8,
    acne: age === 'teenager' ? 5 : 0.5,
  };
}

/** Masks that hide what the mouth does. */
const OVER_MOUTH: ReadonlySet<Traits['mask']> = new Set(['surgical mask', 'gas mask', 'hockey mask']);

function expressionWeights({ character, eyewear, mask }: Person & Wear): Weights<'expression'> {
  if (character === 'gray alien' || character === 'robot') return { neutral: 92, 'open mouth': 8 };
  if (character === 'skull') return { neutral: 65, laughing: 15, 'open mouth': 20 };
  if (FURRED.has(character))
    return { neutral: 70, angry: 9, 'open mouth': 8, laughing: 4, smiling: 4, 'closed eyes': 5 };
  const usualFace: { [E in Traits['expression']]?: number } = { ...usual.EXPRESSION };
  if (OVER_MOUTH.has(mask)) return { neutral: 85, angry: 5, 'closed eyes': 6, surprised: 4 };
  if (character === 'orc' || character === 'demon' || character === 'vampire') usualFace.angry = 14;
  if (character === 'clown') Object.assign(usualFace, { smiling: 20, laughing: 14, sad: 7 });
  if (eyewear !== 'none' || mask !== 'none')
    for (const e of ['closed eyes', 'winking', 'squinting'] as const)
      usualFace[e] = eyewear === 'glasses' || eyewear === 'round glasses' ? 1 : 0;
  return usualFace;
}
