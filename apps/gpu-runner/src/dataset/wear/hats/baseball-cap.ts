import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addDome } from '../add-dome.ts';
import { addGrid } from '../add-grid.ts';
import { type Color, scaleColor, WHITE } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, cloth, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A baseball cap: six panels with seams, a button, a stiff brim with rows of stitches. */
export function baseballCap(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.4, 0.06);
  const crown = createPiece();
  addDome(crown, band, { room: 0.03, roomAbove: 0.1, columns: 54 });
  const button = [0, 0, 0];
  bandPoint(band, 0, 0, 0, band.crownHeight + 0.1, button);
  addBall(crown, button, [0.07, 0.035, 0.07], 10, 6);
  const brimColor = random.uniform() < 0.35 ? scaleColor(color, 0.45) : color;
  const emblem = random.uniform() < 0.5 ? WHITE : null;
  const brim = createPiece();
  const length = random.between(0.6, 0.75);
  addGrid(brim, {
    columns: 22,
    rows: 8,
    uRange: [-1.12, 1.12],
    vRange: [0, 2],
    place: (u, v, out) => {
      // Out along the upper side, back along the lower one.
      const t = v < 1 ? v : 2 - v;
      const side = u / 1.12;
      const round = Math.sqrt(Math.max(0, 1 - side ** 4));
      const reach = length * t * round;
      const dip = 0.03 - (0.3 * side * side + 0.19 * t) * t * round - (v > 1 ? 0.03 : 0);
      bandPoint(band, u, 1, 0.02, dip, out);
      for (let k = 0; k < 3; k++) out[k] += reach * band.forward[k];
    },
  });
  const panels = marked(cloth(color, 0.06), (point) => {
    const u = placeU(point);
    const seam =
      Math.abs(((((u / (Math.PI / 3) + 0.5) % 1) + 1) % 1) - 0.5) * (Math.PI / 3) * point.channels[CHANNEL.v];
    if (seam < 0.03) {
      bend(point, seam > 0.012 ? 0.5 : -0.5, 0);
      paint(point, color, 0.72);
    }
    if (emblem && Math.hypot(u * 0.8, point.channels[CHANNEL.v] - 0.68) < 0.15) paint(point, emblem);
    if (point.channels[CHANNEL.v] > 0.955) paint(point, color, 0.8);
  });
  const stitched = marked(cloth(brimColor, 0.02), (point) => {
    const v = point.channels[CHANNEL.v];
    if (v > 1) paint(point, brimColor, 0.6);
    else if (Math.abs(((v * 6) % 1) - 0.5) < 0.12) paint(point, brimColor, 0.82);
  });
  return [finishPiece('baseball cap', crown, panels), finishPiece('cap brim', brim, stitched)];
}
