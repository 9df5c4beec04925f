import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import { scalpAt } from '../skin/regions.ts';
import type { Traits } from '../traits.ts';
import { type HeadwearCover, headwearCover } from '../wear/headwear-cover.ts';
import { createHeadHull, type HeadHull } from './head-hull.ts';
import { type Point, towards } from './point.ts';
import { createScalpChart, type ScalpChart } from './scalp-chart.ts';

/** Everything a hair style is planted on. */
export interface HairGround {
  readonly form: HeadForm;
  readonly traits: Traits;
  readonly random: RandomStream;
  readonly chart: ScalpChart;
  readonly hull: HeadHull;
  readonly cover: HeadwearCover;
  /** [HAIRLINE_COLUMNS] directions of the hairline from CHART_CENTER, azimuth rising from the front over the left. */
  readonly hairline: readonly Point[];
  /** Polar angle of the hairline at each column. */
  readonly hairlinePolarRad: readonly number[];
}

export const HAIRLINE_COLUMNS = 96;

/** Charts one head for its hair; `recession` in [0, 1] draws the hairline back. */
export function createHairGround(
  form: HeadForm,
  traits: Traits,
  random: RandomStream,
  recession: number,
): HairGround {
  const chart = createScalpChart(form);
  const ragged = random.fork('hairline');
  const hairlinePolarRad: number[] = [];
  for (let k = 0; k < HAIRLINE_COLUMNS; k++) {
    const edge = hairlinePolar(chart, azimuthOf(k), recession);
    hairlinePolarRad.push(edge + ragged.between(-0.018, 0.018));
  }
  return {
    form,
    traits,
    random,
    chart,
    hull: createHeadHull(form),
    cover: headwearCover(traits.headwear),
    hairline: hairlinePolarRad.map((polar, k) => towards(polar, azimuthOf(k))),
    hairlinePolarRad,
  };
}

/** Azimuth of a hairline column in [0, 2π). */
export function azimuthOf(column: number): number {
  return (column / HAIRLINE_COLUMNS) * 2 * Math.PI;
}

function hairlinePolar(chart: ScalpChart, azimuth: number, recession: number): number {
  const bare = (polar: number): boolean => {
    const [x, y, z] = chart.at(towards(polar, azimuth)).rest;
    return scalpAt(x, y, z, recession) < 0.5;
  };
  let inside = 0.35;
  while (inside < 2.8 && !bare(inside + 0.06)) inside += 0.06;
  let outside = inside + 0.06;
  for (let i = 0; i < 5; i++) {
    const middle = (inside + outside) / 2;
    if (bare(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}
