import type { Traits } from '../traits.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import type { Choose } from './choose.ts';
import { BARE, FURRED } from './character-kinds.ts';
import type { Making, Person } from './draw-person.ts';
import * as usual from './trait-weights.ts';
import type { Weights } from './trait-weights.ts';

/** What somebody wears on head and face. */
export type Wear = Pick<Traits, 'headwear' | 'headwearColor' | 'mask' | 'eyewear' | 'jewelry'>;

/** Headwear that hides the hair and leaves the face free. */
const OPEN_COVERS: ReadonlySet<Traits['headwear']> = new Set(['hood', 'headscarf', 'turban']);

/** Masks that leave no room for eyewear. */
const OVER_EYES: ReadonlySet<Traits['mask']> = new Set([
  'carnival mask',
  'bandit mask',
  'gas mask',
  'hockey mask',
  'superhero mask',
]);

export function drawWear(choose: Choose, head: Person & Making): Wear {
  const headwear = choose('headwear', headwearWeights(head));
  const colors = headwear === 'none' ? { black: 1 } : usual.headwearColors(headwear);
  const headwearColor = choose('headwearColor', colors);
  const closed = headwearCover(headwear) === 'head' && !OPEN_COVERS.has(headwear);
  const mask = choose('mask', closed || FURRED.has(head.character) ? { none: 1 } : usual.MASK);
  const bareEyes = closed || OVER_EYES.has(mask);
  const eyewear = choose('eyewear', bareEyes ? { none: 1 } : eyewearWeights(head, headwear));
  const jewelry = choose('jewelry', closed ? { none: 1 } : jewelryWeights(head, headwear));
  return { headwear, headwearColor, mask, eyewear, jewelry };
}

function eyewearWeights({ character, age }: Person, headwear: Traits['headwear']): Weights<'eyewear'> {
  const few = FURRED.has(character) ? 0.3 : character === 'clown' ? 0.4 : 1;
  return {
    none: 77 + 20 * (1 - few),
    glasses: (age === 'child' ? 4 : 7) * few,
    'round glasses': 3 * few,
    sunglasses: (age === 'child' ? 2 : 5.5) * few,
    'eye patch': (headwear === 'pirate hat' ? 22 : 1.8) * few,
    monocle: (headwear === 'top hat' || headwear === 'bowler hat' ? 12 : 1) * few,
    goggles: 1.8 * few,
    'vr headset': headwear === 'none' || headwear === 'headphones' ? 1.9 * few : 0,
  };
}

function jewelryWeights(
  { character, age, gender }: Person,
  headwear: Traits['headwear'],
): Weights<'jewelry'> {
  const adorned = BARE.has(character) ? 0 : age === 'child' ? 0.25 : 1;
  const female = gender === 'female';
  return {
    none: 91,
    earrings: (female ? 4.5 : 1.2) * adorned,
    'hoop earrings': (female ? 4 : headwear === 'pirate hat' ? 25 : 0.8) * adorned,
    'nose ring': 1.2 * adorned,
    necklace: (female ? 2.5 : 1.2) * adorned,
    piercings: 1.4 * adorned,
  };
}

function headwearWeights({ character, gender, age }: Person): Weights<'headwear'> {
  const worn: { [H in Traits['headwear']]?: number } = { ...usual.HEADWEAR };
  const total = Object.values(usual.HEADWEAR).reduce((sum, weight) => sum + weight, 0);
  const share = FURRED.has(character) ? 0.15 : 0.32;
  if (gender === 'male') for (const h of ['tiara', 'headscarf', 'flower wreath'] as const) worn[h] = 0.9;
  else for (const h of ['bowler hat', 'turban'] as const) worn[h] = 1.5;
  if (age === 'child' || age === 'teenager') worn['baseball cap'] = 15;
  if (character === 'demon') worn.horns = 160;
  // Large ears, muzzles and helmets that enclose them do not go together.
  if (FURRED.has(character))
    for (const h of ['astronaut helmet', 'motorcycle helmet', 'knight helmet', 'hood', 'headscarf'] as const)
      worn[h] = 0;
  return { ...worn, none: (total * (1 - share)) / share };
}
