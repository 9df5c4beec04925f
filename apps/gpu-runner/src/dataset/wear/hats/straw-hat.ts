import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addLathe } from '../add-lathe.ts';
import { BLACK, type Color, mixColor, WHITE } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt, straw } from '../materials.ts';
import { createPiece } from '../piece.ts';
import { addBrim } from './add-brim.ts';
import { addRibbon } from './add-ribbon.ts';
import { finishHat } from './finish-hat.ts';

const STRAW: Color = [0.88, 0.74, 0.44];

const RIBBONS: readonly Color[] = [BLACK, [0.6, 0.08, 0.1], [0.12, 0.2, 0.5], WHITE];

/** A straw hat: plaited, wide and a little wavy, with a ribbon. */
export function strawHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.12;
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.45, 0, top],
      [0.8, 0, top - 0.08],
      [0.94, 0.02, top * 0.66],
      [1, 0.03, top * 0.3],
      [1, 0.03, 0],
    ],
    smooth: 3,
  });
  addRibbon(piece, band, 0.2, 2, 0.02);
  const wide = random.between(0.6, 0.8);
  const wave = random.between(0.01, 0.05);
  const phase = random.between(0, 6);
  addBrim(piece, band, {
    width: () => wide,
    rise: (u, t) => t * (wave * Math.sin(3 * u + phase) - 0.14 * t),
  });
  const stalks = mixColor(color, STRAW, 0.62);
  return finishHat(
    'straw hat',
    piece,
    straw(stalks, 14),
    straw(stalks, 9),
    felt(RIBBONS[random.integer(0, 3)]),
  );
}
