import { addTube } from '../wear/add-tube.ts';
import type { Piece } from '../wear/piece.ts';

/** A tapered, curved thing that grows out of a head: horn, tusk, fang, lock of fur. */
export interface HornSpec {
  /** Decimeters. */
  readonly root: readonly [number, number, number];
  /** Where it sets out for and where it ends up pointing; need not be unit. */
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** Decimeters along the curve. */
  readonly length: number;
  readonly radius: number;
  /** Radius at the tip as a share of that at the root. */
  readonly tip?: number;
  readonly segments?: number;
  readonly sides?: number;
  /** How much its cross-section is flattened along y: below 1 for locks. */
  readonly stretch?: number;
}

/** Adds a horn: its direction turns evenly from `from` to `to`. */
export function addHorn(piece: Piece, spec: HornSpec): void {
  const { root, from, to, length, radius, tip = 0.04, segments = 10, sides = 8, stretch = 1 } = spec;
  const a = unit(from);
  const b = unit(to);
  addTube(piece, {
    segments,
    sides,
    stretch,
    radius: (t) => radius * (tip + (1 - tip) * Math.sqrt(1 - t) * (1 - 0.35 * t)),
    // The integral of the direction a + (b − a) t.
    path: (t, out) => {
      for (let k = 0; k < 3; k++) out[k] = root[k] + length * (a[k] * t + (b[k] - a[k]) * t * t * 0.5);
    },
  });
}

function unit(v: readonly [number, number, number]): [number, number, number] {
  const scale = 1 / (Math.hypot(v[0], v[1], v[2]) || 1);
  return [v[0] * scale, v[1] * scale, v[2] * scale];
}
