import { addGrid } from './add-grid.ts';
import { earBox, liftOverEars } from './ear-box.ts';
import { type HeadGrid, polarAtLine, readGrid } from './head-grid.ts';
import type { Piece } from './piece.ts';

/** A strap along a line of the rest head. */
export interface StrapSpec {
  readonly line: (restZ: number, restX: number) => number;
  /** Decimeters from edge to edge. */
  readonly width: number;
  /** Decimeters from the skin. */
  readonly lift: number;
  /** Azimuths where it begins and ends: all around unless told otherwise. */
  readonly range?: readonly [number, number];
  readonly overEars?: boolean;
  readonly extra?: number;
}

/** Adds a strap that lies on the head; u is the azimuth, v runs across it. */
export function addStrap(piece: Piece, grid: HeadGrid, spec: StrapSpec): void {
  const { line, width, lift, range, overEars = false, extra = 0 } = spec;
  const ears = earBox(grid.form);
  addGrid(piece, {
    columns: 56,
    rows: 3,
    closed: range === undefined,
    ...(range === undefined ? {} : { uRange: range }),
    place: (azimuth, v, out) => {
      const polar = polarAtLine(grid, azimuth, (z, x) => line(z, x) + width * (0.5 - v));
      readGrid(grid.points, polar, azimuth, out);
      const x = out[0] - grid.center[0];
      const y = out[1] - grid.center[1];
      const z = out[2] - grid.center[2];
      const round = lift + 0.015 * Math.sin(Math.PI * v);
      const scale = round / Math.hypot(x, y, z);
      out[0] += x * scale;
      out[1] += y * scale;
      out[2] += z * scale;
      if (overEars) liftOverEars(ears, 0.02, out);
      out[3] = extra;
    },
  });
}
