import type { RandomStream } from '../../tensor/random.ts';
import { buildCharacter } from '../characters/build-character.ts';
import { restyle } from '../characters/restyle.ts';
import { buildHair } from '../hair/build-hair.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import { buildSkin } from '../skin/build-skin.ts';
import type { Traits } from '../traits.ts';
import { buildWear } from '../wear/build-wear.ts';

/** Builds everything that is seen of a person; each builder has a random stream of its own. */
export function buildParts(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const parts = [
    ...buildSkin(form, traits, random.fork('skin')),
    ...buildHair(form, traits, random.fork('hair')),
    ...buildWear(form, traits, random.fork('wear')),
    ...buildCharacter(form, traits, random.fork('character')),
  ];
  return restyle(parts, traits, random.fork('restyle'));
}
