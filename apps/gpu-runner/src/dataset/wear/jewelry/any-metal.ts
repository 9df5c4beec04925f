import type { RandomStream } from '../../../tensor/random.ts';
import { type Color, GOLD, SILVER } from '../colors.ts';

const METALS: readonly Color[] = [GOLD, GOLD, SILVER, [0.82, 0.56, 0.46]];

/** What set stones look like. */
export const STONES: readonly Color[] = [
  [0.8, 0.05, 0.1],
  [0.1, 0.25, 0.85],
  [0.05, 0.6, 0.25],
  [0.85, 0.92, 1],
];

/** Draws gold, silver or rose gold. */
export function anyMetal(random: RandomStream): Color {
  return METALS[random.integer(0, METALS.length - 1)];
}
