import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { animalParts } from './animal-parts.ts';
import { creatureParts } from './creature-parts.ts';
import { robotParts } from './robot-parts.ts';

/**
 * Builds what a character has and a human has not: ears on top, tusks, horns, antennae, manes, lamps.
 *
 * Fitted to the posed head of `form` (decimeters); humans and elves have nothing of the kind.
 */
export function buildCharacter(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  switch (traits.character) {
    case 'cat':
    case 'lion':
    case 'wolf':
      return animalParts(form, traits, traits.character, random);
    case 'robot':
      return robotParts(form, traits, random);
    default:
      return creatureParts(form, traits, random);
  }
}
