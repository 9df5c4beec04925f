import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';

/** Covers a finished head with the traits' material and style. */
export function restyle(parts: Part[], _form: HeadForm, _traits: Traits, _random: RandomStream): Part[] {
  return parts;
}
