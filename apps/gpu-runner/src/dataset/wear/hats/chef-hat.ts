import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addLathe } from '../add-lathe.ts';
import { type Color, mixColor, WHITE } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { byExtra, cloth } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';

/** A chef's hat: a tall starched band and a puffed, pleated top. */
export function chefHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.45, 0.06);
  const piece = createPiece();
  const top = band.crownHeight + random.between(0.45, 0.62);
  const foot = 0.55;
  addLathe(piece, band, {
    profile: [
      [0, 0, top - 0.03],
      [0.5, 0.05, top + 0.02],
      [0.95, 0.2, top - 0.12],
      [1, 0.33, foot + 0.35 * (top - foot)],
      [1, 0.17, foot + 0.08],
      [1, 0.02, foot - 0.04],
    ],
    smooth: 4,
    columns: 84,
    warp: (u, v, out) => {
      const pleat = 0.035 * Math.cos(14 * u) * Math.sin(Math.PI * Math.min(1, v * 1.05));
      out[0] += pleat * Math.sin(u);
      out[1] += 0.05 * Math.sin(3 * u + 1) * (1 - v) * Math.min(1, 5 * v);
      out[2] += pleat * Math.cos(u);
    },
  });
  addLathe(piece, band, {
    profile: [
      [1, 0.05, foot],
      [1, 0.04, foot / 2],
      [1, 0.04, -0.02],
    ],
    extra: 1,
  });
  const linen = mixColor(color, WHITE, 0.15);
  return [finishPiece('chef hat', piece, byExtra(cloth(linen, 0.2), cloth(linen, 0.03)))];
}
