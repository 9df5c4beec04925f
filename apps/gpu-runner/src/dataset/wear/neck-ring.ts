import type { HeadForm } from '../head-form.ts';

/** An oval around the neck at one rest height, posed, decimeters. */
export interface NeckRing {
  readonly center: readonly [number, number, number];
  readonly halfWidth: number;
  readonly halfDepth: number;
}

/** Half the height of the slice that is measured, rest decimeters. */
const SLICE = 0.07;

/** Measures the posed neck where the rest neck has height `restY` (5.75 shoulders … 6.1 under the chin). */
export function neckRing(form: HeadForm, restY: number): NeckRing {
  const { positions, rest, region } = form;
  let halfWidth = 0.1;
  let front = -Infinity;
  let back = Infinity;
  let height = 0;
  let count = 0;
  for (let v = 0; v < region.length; v++) {
    if (region[v] !== 0 || Math.abs(rest[3 * v + 1] - restY) > SLICE || rest[3 * v + 2] > 0.95) continue;
    halfWidth = Math.max(halfWidth, Math.abs(positions[3 * v]));
    front = Math.max(front, positions[3 * v + 2]);
    back = Math.min(back, positions[3 * v + 2]);
    height += positions[3 * v + 1];
    count++;
  }
  if (count === 0) throw new Error(`neckRing: expected a rest height on the neck, got ${restY}`);
  return { center: [0, height / count, 0.5 * (front + back)], halfWidth, halfDepth: 0.5 * (front - back) };
}
