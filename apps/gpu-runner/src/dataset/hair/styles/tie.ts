import type { HairGround } from '../hair-ground.ts';
import { along, type Point, unit } from '../point.ts';

/** Where hair is gathered, and what it is held by. */
export interface Tie {
  /** Middle of the band, posed. */
  readonly place: Point;
  /** Unit direction in which the hair leaves it. */
  readonly heading: Point;
  readonly radius: number;
}

/** Finds the place of a tie over the direction `pole`. */
export function tieAt(ground: HairGround, pole: Point, heading: Point, radius: number): Tie {
  const { position, normal } = ground.chart.at(pole);
  return { place: along(position, normal, 0.13), heading: unit(heading), radius };
}
