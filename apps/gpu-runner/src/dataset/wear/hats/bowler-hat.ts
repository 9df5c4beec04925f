import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import type { Color } from '../colors.ts';
import { bandPoint, bandReach, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt } from '../materials.ts';
import { createPiece } from '../piece.ts';
import { addBrim } from './add-brim.ts';
import { addRibbon, ribbonColor } from './add-ribbon.ts';
import { finishHat } from './finish-hat.ts';

/** A bowler: a hard round dome and a narrow brim that curls up. */
export function bowlerHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.07);
  const piece = createPiece();
  const top = band.crownHeight + 0.14;
  addGrid(piece, {
    columns: 48,
    rows: 14,
    closed: true,
    place: (u, v, out) => {
      const height = top * Math.cos((Math.PI / 2) * v);
      const round = Math.sin((Math.PI / 2) * v) ** 0.72;
      bandPoint(band, u, Math.max(round, v * bandReach(band, height)), 0.04 * v, height, out);
    },
  });
  addRibbon(piece, band, 0.2, 2, 0.02);
  addBrim(piece, band, {
    width: () => 0.28,
    rise: (u, t) => t * t * (0.06 + 0.14 * Math.sin(u) ** 2),
    thickness: 0.05,
  });
  return finishHat('bowler hat', piece, felt(color), felt(color), felt(ribbonColor(color, random)));
}
