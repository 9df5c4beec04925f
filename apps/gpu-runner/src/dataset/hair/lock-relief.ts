import { valueNoise } from '../noise.ts';

/**
 * Profile of hair gathered into locks, in [0, 1]: 1 on a lock's back, 0 in the gap between two.
 *
 * `across` and `along` in decimeters; locks are about `width` wide and wander sideways on their way.
 */
export function lockRelief(across: number, along: number, width: number, seed: number): number {
  const wander = 0.7 * valueNoise(across * 1.7, along * 1.6, seed);
  const place = across / width + wander;
  const share = place - Math.floor(place);
  return Math.sqrt(Math.sin(Math.PI * share));
}
