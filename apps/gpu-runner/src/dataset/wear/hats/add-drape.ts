import { addGrid } from '../add-grid.ts';
import type { HeadGrid } from '../head-grid.ts';
import { neckRing } from '../neck-ring.ts';
import type { Piece } from '../piece.ts';

/** Adds a drape from under the jaw over the neck to the shoulders. */
export function addDrape(piece: Piece, grid: HeadGrid, wide: number, folds: number, extra = 0): void {
  const low = neckRing(grid.form, 5.8);
  const { chin, earLeft } = grid.form.places;
  const zTop = 0.5 * (chin[2] + 0.02 + (earLeft[2] - 0.62));
  const depthTop = 0.5 * (chin[2] + 0.02 - (earLeft[2] - 0.62));
  addGrid(piece, {
    columns: 56,
    rows: 10,
    closed: true,
    place: (u, v, out) => {
      const share = v * v * (3 - 2 * v);
      // Behind, the drape begins higher than under the chin.
      const top = chin[1] + 0.12 + 0.22 * (1 - Math.cos(u));
      const height = top - low.center[1] + 0.03;
      const fold = 1 + folds * v * Math.sin(9 * u + 2.5 * Math.sin(2 * u));
      const halfWidth = 0.63 + share * (low.halfWidth * wide - 0.63);
      const halfDepth = depthTop * 1.02 + share * (low.halfDepth * 1.12 + 0.1 - depthTop * 1.02);
      out[0] = halfWidth * Math.sin(u) * fold;
      out[1] = top - height * v;
      out[2] = zTop + share * (low.center[2] - zTop) + halfDepth * Math.cos(u) * fold;
      out[3] = extra;
    },
  });
}
