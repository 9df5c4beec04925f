import type { RandomStream } from '../../tensor/random.ts';
import type { TraitName, Traits } from '../traits.ts';
import type { Weights } from './trait-weights.ts';

/** Draws a value of a trait by weight; a wanted value comes in its place. */
export type Choose = <N extends TraitName>(name: N, weights: Weights<N>) => Traits[N];

/** One value by weight. */
export function drawValue<N extends TraitName>(
  random: RandomStream,
  name: N,
  weights: Weights<N>,
): Traits[N] {
  const entries = entriesOf(weights);
  let left = random.uniform() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of entries) {
    if (left < weight) return value;
    left -= weight;
  }
  // Rounding can leave a last crumb: it belongs to the last possible value.
  const last = entries.at(-1);
  if (last === undefined) throw new Error(`sampleTraits: expected a possible value of ${name}, got none`);
  return last[0];
}

/** The same weights with another sum. */
export function scaled<N extends TraitName>(weights: Weights<N>, total: number): Weights<N> {
  const entries = entriesOf(weights);
  const sum = entries.reduce((all, [, weight]) => all + weight, 0);
  // The same keys with other weights.
  return Object.fromEntries(
    entries.map(([value, weight]) => [value, (weight * total) / sum]),
  ) as unknown as Weights<N>;
}

/** The possible values with their weights, in the order of the table. */
function entriesOf<N extends TraitName>(weights: Weights<N>): [Traits[N], number][] {
  // The keys of Weights<N> are values of N.
  const entries = Object.entries(weights as object) as [Traits[N], number][];
  return entries.filter(([, weight]) => weight > 0);
}
