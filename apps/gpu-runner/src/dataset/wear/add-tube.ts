import { addGrid } from './add-grid.ts';
import type { Piece } from './piece.ts';

/** A tube along a curve. */
export interface TubeSpec {
  /** The middle line by t in 0 … 1: writes out[0..2]. */
  readonly path: (t: number, out: number[]) => void;
  /** Decimeters, by t. */
  readonly radius: (t: number) => number;
  readonly segments: number;
  /** Corners of the cross-section. */
  readonly sides: number;
  readonly extra?: number;
  /** The curve ends where it starts. */
  readonly closed?: boolean;
  /** How much higher than wide the cross-section is, along `upright`. */
  readonly stretch?: number;
  /** The direction in which the section is stretched: straight up unless told otherwise. */
  readonly upright?: readonly [number, number, number];
}

/** Adds a tube; its channel v is t, its u runs around the cross-section. An open tube's ends should taper or be hidden. */
export function addTube(piece: Piece, spec: TubeSpec): void {
  const { path, radius, segments, sides, stretch = 1, upright = [0, 1, 0], closed = false, extra = 0 } = spec;
  const here = [0, 0, 0];
  const ahead = [0, 0, 0];
  const behind = [0, 0, 0];
  const step = 0.5 / segments;
  addGrid(piece, {
    columns: sides,
    rows: segments,
    closed: true,
    place: (u, t, out) => {
      path(t, here);
      path(closed ? (t + step) % 1 : Math.min(1, t + step), ahead);
      path(closed ? (t + 1 - step) % 1 : Math.max(0, t - step), behind);
      const along = [ahead[0] - behind[0], ahead[1] - behind[1], ahead[2] - behind[2]];
      // A second axis that is neither along nor upright where the two are parallel.
      const side = cross(along, upright);
      const length = Math.hypot(side[0], side[1], side[2]);
      const a = length > 1e-4 * Math.hypot(along[0], along[1], along[2]) ? side : cross(along, [0.1, 0.2, 1]);
      const scaleA = 1 / (Math.hypot(a[0], a[1], a[2]) || 1);
      const b = cross(a, along);
      const scaleB = stretch / (Math.hypot(b[0], b[1], b[2]) || 1);
      const r = radius(t);
      const c = Math.cos(u) * r * scaleA;
      const s = Math.sin(u) * r * scaleB;
      for (let k = 0; k < 3; k++) out[k] = here[k] + c * a[k] + s * b[k];
      out[3] = extra;
    },
  });
}

function cross(a: readonly number[], b: readonly number[]): [number, number, number] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
