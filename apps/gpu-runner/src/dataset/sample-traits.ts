import type { RandomStream } from '../tensor/random.ts';
import { isHeldOut } from './held-out.ts';
import { drawValue } from './sampling/choose.ts';
import { drawFace } from './sampling/draw-face.ts';
import { drawHair } from './sampling/draw-hair.ts';
import { drawMaking, drawPerson } from './sampling/draw-person.ts';
import { drawWear } from './sampling/draw-wear.ts';
import type { Weights } from './sampling/trait-weights.ts';
import type { TraitName, Traits } from './traits.ts';

/** How often a head that cannot go with the wanted values is thrown away before they are taken regardless. */
const WANTED_TRIES = 400;

/**
 * Draws one believable head: values that fit each other, most heads with no more than three special ones.
 *
 * With `wanted` the head has those values, and the others are drawn to fit; without it no held-out pair ever occurs.
 */
export function sampleTraits(random: RandomStream, wanted: Partial<Traits> = {}): Traits {
  const free = Object.keys(wanted).length === 0;
  for (let tries = 0; ; tries++) {
    const head = drawHead(random, wanted);
    if (free ? !isHeldOut(head.traits) : head.fits || tries >= WANTED_TRIES) return head.traits;
  }
}

/** Draws the traits one after the other, each with the ones before in view. */
function drawHead(random: RandomStream, wanted: Partial<Traits>): { traits: Traits; fits: boolean } {
  let fits = true;
  const choose = <N extends TraitName>(name: N, weights: Weights<N>): Traits[N] => {
    const drawn = drawValue(random, name, weights);
    const value: Traits[N] | undefined = wanted[name];
    if (value === undefined) return drawn;
    if (!((weights[value] ?? 0) > 0)) fits = false;
    return value;
  };
  const person = drawPerson(choose);
  const made = drawMaking(choose, person);
  const worn = drawWear(choose, { ...person, ...made });
  const hair = drawHair(choose, { ...person, ...made, ...worn });
  const face = drawFace(choose, { ...person, ...made, ...worn, ...hair });
  return { traits: { ...person, ...made, ...worn, ...hair, ...face }, fits };
}
