import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import { addLathe } from '../add-lathe.ts';
import type { Color } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt, marked } from '../materials.ts';
import { createPiece } from '../piece.ts';
import { addBrim } from './add-brim.ts';
import { addRibbon, ribbonColor } from './add-ribbon.ts';
import { finishHat } from './finish-hat.ts';

/** A top hat: a tall cylinder, wider at the top, with a ribbon and a curled brim. */
export function topHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.07);
  const piece = createPiece();
  const top = band.crownHeight + random.between(0.35, 0.65);
  const flare = random.between(0, 0.12);
  addLathe(piece, band, {
    profile: [
      [0, 0, top + 0.02],
      [0.5, flare, top + 0.02],
      [1, flare, top],
    ],
  });
  addLathe(piece, band, {
    profile: [
      [1, flare, top],
      [1, flare * 0.35 - 0.03, top * 0.66],
      [1, -0.03, top * 0.33],
      [1, 0.02, 0],
    ],
    smooth: 2,
  });
  addRibbon(piece, band, 0.26, 2);
  addBrim(piece, band, { width: () => 0.36, rise: (u, t) => (0.2 * Math.sin(u) ** 2 - 0.03) * t * t });
  const silk: Material = marked(felt(color), (point) => {
    point.gloss = 0.3;
    point.shininess = 14;
  });
  return finishHat('top hat', piece, silk, silk, felt(ribbonColor(color, random)));
}
