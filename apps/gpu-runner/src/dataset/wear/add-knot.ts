import { addBall } from './add-ball.ts';
import { addGrid } from './add-grid.ts';
import type { Piece } from './piece.ts';

/** Adds a knot with two tails of cloth at `at`, hanging down and away along `away`. */
export function addKnot(
  piece: Piece,
  at: readonly number[],
  away: readonly number[],
  length: number,
  extra = 0,
): void {
  addBall(piece, at, [0.12, 0.09, 0.09], 10, 7, extra);
  for (const side of [-1, 1]) {
    addGrid(piece, {
      columns: 2,
      rows: 6,
      uRange: [-1, 1],
      place: (u, v, out) => {
        const wide = 0.05 + 0.09 * v;
        out[0] = at[0] + side * (0.05 + 0.26 * v * length) + u * wide * 0.8;
        out[1] = at[1] - length * v * (1 - 0.15 * side) + u * wide * 0.5 * side;
        out[2] = at[2] + away[2] * (0.06 + 0.22 * v * (1 - 0.5 * v)) + 0.03 * Math.sin(6 * v + side + u);
        out[3] = extra;
      },
    });
  }
}
