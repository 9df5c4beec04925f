import type { Traits } from '../traits.ts';
import type { Choose } from './choose.ts';
import { BARE, GREENSKINS } from './character-kinds.ts';
import * as usual from './trait-weights.ts';
import type { Weights } from './trait-weights.ts';

/** Who somebody is. */
export type Person = Pick<Traits, 'character' | 'gender' | 'age' | 'origin' | 'skin' | 'build'>;

export function drawPerson(choose: Choose): Person {
  const character = choose('character', usual.CHARACTER);
  const human = character === 'human';
  const gender = choose('gender', { male: maleShare(character), female: 1 - maleShare(character) });
  const age = choose('age', human ? usual.AGE : ageOfCharacter(character));
  const origin = choose('origin', usual.ORIGIN);
  const skin = choose('skin', usual.SKIN[origin]);
  const build = choose('build', {
    average: 84,
    thin: 5,
    fat: BARE.has(character) ? 0 : 7,
    muscular: age === 'child' || BARE.has(character) ? 0 : 4,
  });
  return { character, gender, age, origin, skin, build };
}

function maleShare(character: Traits['character']): number {
  if (BARE.has(character)) return 0.7;
  if (GREENSKINS.has(character) || character === 'demon' || character === 'zombie') return 0.72;
  return character === 'dwarf' ? 0.88 : 0.5;
}

function ageOfCharacter(character: Traits['character']): Weights<'age'> {
  if (BARE.has(character)) return { young: 60, 'middle-aged': 25, old: 15 };
  if (character === 'dwarf') return { young: 25, 'middle-aged': 40, old: 35 };
  return { child: 3, teenager: 5, young: 50, 'middle-aged': 25, old: 13, 'very old': 4 };
}

/** What somebody is made of, and how it is drawn. */
export type Making = Pick<Traits, 'material' | 'style'>;

export function drawMaking(choose: Choose, { character }: Person): Making {
  const share = character === 'human' ? 0.09 : 0.055;
  const total = Object.values(usual.MATERIAL_OF_STATUES).reduce((sum, weight) => sum + weight, 0);
  const material = choose('material', {
    ...usual.MATERIAL_OF_STATUES,
    flesh: (total * (1 - share)) / share,
  });
  const style = choose(
    'style',
    material === 'flesh'
      ? { realistic: 91, cartoon: 4.5, voxel: 4.5 }
      : { realistic: 98, cartoon: 1, voxel: 1 },
  );
  return { material, style };
}
