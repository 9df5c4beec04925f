import type { RandomStream } from '../tensor/random.ts';
import { isHeldOut } from './held-out.ts';
import { sampleTraits } from './sample-traits.ts';
import { TRAITS, type TraitName, type Traits } from './traits.ts';

// The own names of a literal.
const NAMES = Object.keys(TRAITS) as readonly TraitName[];

/**
 * Draws a head that shows a value of a trait which was drawn first, every trait and every value of it as likely as any
 * other: what `sampleTraits` makes rare is shown often enough to be learned. No held-out pair ever occurs.
 */
export function sampleEvenTraits(random: RandomStream): Traits {
  const oneOf = <T>(values: readonly T[]): T => values[random.integer(0, values.length - 1)];
  for (;;) {
    const name = oneOf(NAMES);
    const traits = sampleTraits(random, { [name]: oneOf<string>(TRAITS[name]) });
    if (!isHeldOut(traits)) return traits;
  }
}
