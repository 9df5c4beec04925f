import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';

/** Builds what a character has and a human has not: horns, muzzles, manes, antennae. */
export function buildCharacter(_form: HeadForm, _traits: Traits, _random: RandomStream): Part[] {
  return [];
}
