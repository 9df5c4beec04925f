import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addDome } from '../add-dome.ts';
import { addGrid } from '../add-grid.ts';
import { type Color, WHITE } from '../colors.ts';
import { bandPoint, bandReach, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { byExtra, cloth, knit } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';

/** A knitted beanie with a folded cuff, sometimes with a pompom. */
export function beanie(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.74, 7.22, 0.06);
  const piece = createPiece();
  const slack = random.between(0.1, 0.3);
  addDome(piece, band, { room: 0.05, roomAbove: slack, columns: 64, rows: 16, below: 0.02 });
  addGrid(piece, {
    columns: 64,
    rows: 8,
    closed: true,
    place: (u, v, out) => {
      const height = 0.42 - 0.44 * v;
      const bulge = 0.1 * Math.sqrt(Math.max(0, 1 - (2 * v - 1) ** 4)) + 0.03;
      bandPoint(band, u, Math.max(1, bandReach(band, Math.max(0, height))), bulge, height, out);
    },
  });
  const parts = [finishPiece('beanie', piece, knit(color, 34, 9))];
  if (random.uniform() < 0.45) {
    const pompom = createPiece();
    const at = [0, 0, 0];
    bandPoint(band, 0, 0, 0, band.crownHeight + slack + 0.14, at);
    addBall(pompom, at, [0.22, 0.2, 0.22], 14, 10);
    const tufts = byExtra(cloth(random.uniform() < 0.5 ? WHITE : color, 0.6));
    parts.push(finishPiece('pompom', pompom, tufts));
  }
  return parts;
}
