import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import type { Color } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt, leather } from '../materials.ts';
import { createPiece } from '../piece.ts';
import { addBrim } from './add-brim.ts';
import { addRibbon, ribbonColor } from './add-ribbon.ts';
import { finishHat } from './finish-hat.ts';

/** A cowboy hat: a creased crown and a wide brim rolled up at the sides. */
export function cowboyHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + random.between(0.3, 0.42);
  const curl = random.between(0.28, 0.42);
  addGrid(piece, {
    columns: 48,
    rows: 16,
    closed: true,
    place: (u, v, out) => {
      const height = top * (1 - Math.max(0, (v - 0.28) / 0.72) ** 1.4);
      const scale = v < 0.28 ? (0.7 * v) / 0.28 : 0.7 + 0.3 * ((v - 0.28) / 0.72) ** 0.7;
      bandPoint(band, u, scale, 0.02, height, out);
      // The gutter along the top and a pinch on either side of the front.
      const across = Math.sin(u) * scale;
      const dent = 0.26 * Math.exp(-((across / 0.2) ** 2)) * Math.max(0, 1 - v / 0.42);
      const pinch = 0.16 * Math.exp(-(((Math.abs(u > Math.PI ? u - 2 * Math.PI : u) - 0.65) / 0.35) ** 2));
      const high = Math.sin(Math.PI * Math.min(1, Math.max(0, (v - 0.1) / 0.8)));
      for (let k = 0; k < 3; k++) {
        out[k] -= dent * band.up[k];
        out[k] -= pinch * high * Math.sign(Math.sin(u)) * band.right[k];
      }
    },
  });
  addRibbon(piece, band, 0.18, 2, 0.01);
  addBrim(piece, band, {
    width: (u) => 0.66 - 0.1 * Math.sin(u) ** 2,
    rise: (u, t) => t * t * (1.25 * curl * Math.sin(u) ** 2 - 0.16 * Math.cos(u) ** 2),
  });
  const base = random.uniform() < 0.5 ? leather(color) : felt(color);
  return finishHat('cowboy hat', piece, base, base, leather(ribbonColor(color, random)));
}
