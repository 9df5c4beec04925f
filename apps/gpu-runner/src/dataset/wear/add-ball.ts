import { addGrid } from './add-grid.ts';
import type { Piece } from './piece.ts';

/** Adds an ellipsoid: pompoms, beads, gems and buttons. `radii` in decimeters along x, y and z; v runs down from its top. */
export function addBall(
  piece: Piece,
  center: readonly number[],
  radii: readonly [number, number, number],
  columns = 12,
  rows = 8,
  extra = 0,
): void {
  addGrid(piece, {
    columns,
    rows,
    closed: true,
    place: (u, v, out) => {
      const ring = Math.sin(Math.PI * v);
      out[0] = center[0] + radii[0] * ring * Math.sin(u);
      out[1] = center[1] + radii[1] * Math.cos(Math.PI * v);
      out[2] = center[2] + radii[2] * ring * Math.cos(u);
      out[3] = extra;
    },
  });
}
