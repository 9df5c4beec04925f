import { addGrid } from './add-grid.ts';
import { type Band, bandPoint } from './fit-band.ts';
import type { Piece } from './piece.ts';

/** One corner of a profile: share of the band's oval, decimeters beyond it, decimeters above its plane. */
export type ProfilePoint = readonly [scale: number, outward: number, height: number];

/** A body of revolution around a band. */
export interface LatheSpec {
  /** From the top (or the inside) to the bottom (or the outside). */
  readonly profile: readonly ProfilePoint[];
  readonly columns?: number;
  /** Rows of quads between two corners; the profile bends smoothly through its corners when above 1. */
  readonly smooth?: number;
  readonly extra?: number;
  /** Moves a point afterwards: waves, dents, bends. v is the place along the profile, 0 … 1. */
  readonly warp?: (u: number, v: number, out: number[]) => void;
}

/** Adds a body of revolution around a band; channel v runs along its profile. */
export function addLathe(piece: Piece, band: Band, spec: LatheSpec): void {
  const { profile, columns = 44, smooth = 1, extra = 0, warp } = spec;
  const spans = profile.length - 1;
  const at = [0, 0, 0];
  addGrid(piece, {
    columns,
    rows: spans * smooth,
    closed: true,
    place: (u, v, out) => {
      profileAt(profile, v * spans, at);
      bandPoint(band, u, at[0], at[1], at[2], out);
      out[3] = extra;
      warp?.(u, v, out);
    },
  });
}

/** Catmull–Rom through the corners, so that all corners lie on the profile. */
function profileAt(profile: readonly ProfilePoint[], position: number, out: number[]): void {
  const last = profile.length - 1;
  const n = Math.min(last - 1, Math.floor(position + 1e-9));
  const t = position - n;
  const [before, from, to, after] = [
    profile[Math.max(0, n - 1)],
    profile[n],
    profile[n + 1],
    profile[Math.min(last, n + 2)],
  ];
  for (let k = 0; k < 3; k++) {
    const slopeFrom = 0.5 * (to[k] - before[k]);
    const slopeTo = 0.5 * (after[k] - from[k]);
    const rest = to[k] - from[k];
    out[k] =
      from[k] +
      t * (slopeFrom + t * (3 * rest - 2 * slopeFrom - slopeTo + t * (slopeFrom + slopeTo - 2 * rest)));
  }
  if (n === 0 && t <= 1e-9) for (let k = 0; k < 3; k++) out[k] = from[k];
}
