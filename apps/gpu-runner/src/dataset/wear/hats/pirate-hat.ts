import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addLathe } from '../add-lathe.ts';
import { BLACK, type Color, GOLD, mixColor, scaleColor, WHITE } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, felt, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece } from '../piece.ts';
import { addBrim } from './add-brim.ts';
import { finishHat } from './finish-hat.ts';

/** A pirate's hat: the brim stands up before and behind, a skull on the front, a light trim along the edge. */
export function pirateHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.48, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.12;
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.6, 0, top - 0.1],
      [0.92, 0.02, top * 0.55],
      [1, 0.02, 0],
    ],
    smooth: 3,
  });
  const corners = random.uniform() < 0.5 ? 2 : 3;
  const height = random.between(0.82, 1.02);
  // Two corners point sideways; of three, one points back.
  const front = corners === 2;
  const lift = (u: number): number =>
    front ? Math.abs(Math.cos(u)) ** 0.8 : 1 - 0.85 * Math.abs(Math.sin(1.5 * u)) ** 4;
  addBrim(piece, band, {
    width: (u) => 0.16 + 0.62 * (1 - lift(u)) ** 1.2,
    rise: (u, t) => t * (0.12 + (height - 0.12) * lift(u)) * (front ? 1 : 0.8),
    thickness: 0.04,
  });
  const trim = random.uniform() < 0.5 ? GOLD : WHITE;
  const edge = marked(felt(color), (point) => {
    const v = point.channels[CHANNEL.v];
    if (Math.abs(v - 1) < 0.07) {
      paint(point, trim);
      bend(point, 0, (v - 1) * 6);
    } else if (v > 1 && skull(placeU(point) * 2.1, (1.53 - v) * 1.9)) paint(point, WHITE);
  });
  return finishHat(
    'pirate hat',
    piece,
    felt(mixColor(color, BLACK, 0.15)),
    edge,
    felt(scaleColor(color, 0.6)),
  );
}

/** Whether (x, y), y up and the mark about one unit high, lies on a skull over crossed bones. */
function skull(x: number, y: number): boolean {
  const ax = Math.abs(x);
  const head = Math.hypot(x, (y - 0.22) * 1.1) < 0.34 || (ax < 0.19 && y > -0.28 && y < 0);
  const eyes = Math.hypot(ax - 0.13, y - 0.2) < 0.09;
  const nose = ax < 0.035 && Math.abs(y - 0.03) < 0.05;
  const teeth = y < -0.1 && ax < 0.17 && Math.abs(((ax * 14 + 0.5) % 1) - 0.5) < 0.14;
  const bones = y < -0.12 && Math.abs(Math.abs(y + 0.4) - 0.45 * ax) < 0.06 && ax < 0.55;
  return (head && !eyes && !nose && !teeth) || bones;
}
