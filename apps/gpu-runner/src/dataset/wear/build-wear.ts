import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';

/** Builds what a head wears: headwear, eyewear, mask and jewelry, fitted to the posed head. Decimeters. */
export function buildWear(_form: HeadForm, _traits: Traits, _random: RandomStream): Part[] {
  return [];
}
