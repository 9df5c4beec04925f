import type { RandomStream } from '../../../tensor/random.ts';
import { valueNoise } from '../../noise.ts';
import type { Part } from '../../part.ts';
import { addLathe } from '../add-lathe.ts';
import type { Color } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt, leather, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece } from '../piece.ts';
import { addBrim } from './add-brim.ts';
import { addRibbon } from './add-ribbon.ts';
import { finishHat } from './finish-hat.ts';

/** A wizard's hat: a tall bent cone with stars and a wide floppy brim. */
export function wizardHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.78;
  const side = random.between(-0.3, 0.3);
  const back = random.between(-0.45, -0.1);
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.13, 0, top * 0.86],
      [0.4, 0.02, top * 0.6],
      [0.82, 0.04, top * 0.36],
      [0.98, 0.04, top * 0.15],
      [1, 0.04, 0],
    ],
    smooth: 4,
    columns: 40,
    warp: (u, v, out) => {
      const lean = Math.max(0, 0.62 - v) ** 2 * 2.6;
      const crease = 0.03 * Math.sin(v * 22 + 1.5 * Math.sin(u)) * Math.sin(Math.PI * v);
      for (let k = 0; k < 3; k++) {
        out[k] += lean * (side * band.right[k] + back * band.forward[k]);
        out[k] += crease * (Math.sin(u) * band.right[k] + Math.cos(u) * band.forward[k]);
      }
    },
  });
  addRibbon(piece, band, 0.2, 2, 0.04);
  const phase = random.between(0, 6);
  addBrim(piece, band, {
    width: () => 0.58,
    rise: (u, t) => t * (0.05 * Math.sin(2 * u + phase) + 0.03 * Math.sin(5 * u) - 0.12 * t),
  });
  const starry = marked(felt(color), (point) => {
    const v = point.channels[CHANNEL.v];
    if (star((placeU(point) * 2.6) / Math.PI + 0.25, v * 3.6, 1 - 0.25 * v)) {
      paint(point, [0.97, 0.86, 0.3]);
      point.emission = 0.15;
    }
  });
  return finishHat('wizard hat', piece, starry, felt(color), leather([0.85, 0.66, 0.2]));
}

/** Whether (x, y) lies on one of the five-pointed stars strewn over the unit cells of a plane. */
function star(x: number, y: number, stretch: number): boolean {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const dx = (x - cellX - 0.5 - 0.18 * valueNoise(cellX * 7.3, cellY * 3.1, 1)) / stretch;
  const dy = y - cellY - 0.5 - 0.18 * valueNoise(cellX * 5.1, cellY * 9.7, 4);
  const fifth = (Math.PI * 2) / 5;
  const angle = Math.abs(((((Math.atan2(dx, -dy) / fifth + 0.5) % 1) + 1) % 1) - 0.5) * 2;
  return Math.hypot(dx, dy) < 0.36 - 0.22 * angle;
}
