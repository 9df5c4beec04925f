import { addGrid } from '../add-grid.ts';
import { type Band, bandPoint } from '../fit-band.ts';
import type { Piece } from '../piece.ts';

/** A brim around a band, with an upper and a lower side. */
interface BrimSpec {
  readonly width: (u: number) => number;
  /** Height above the band at azimuth u and share t of the width. */
  readonly rise: (u: number, t: number) => number;
  readonly extra?: number;
  readonly thickness?: number;
}

/** Adds a brim: v runs out along its upper side (0 … 1) and back along the lower one (… 2). */
export function addBrim(piece: Piece, band: Band, spec: BrimSpec): void {
  const { width, rise, extra = 1, thickness = 0.03 } = spec;
  addGrid(piece, {
    columns: 60,
    rows: 12,
    closed: true,
    vRange: [0, 2],
    place: (u, v, out) => {
      const t = v < 1 ? v : 2 - v;
      const under = v > 1 ? thickness * Math.min(1, (1 - t) * 8) : 0;
      bandPoint(band, u, 1, 0.02 + width(u) * t, rise(u, t) - under, out);
      out[3] = extra;
    },
  });
}
