import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addWrap } from '../add-wrap.ts';
import { type Color, scaleColor } from '../colors.ts';
import { earBox, liftOverEars } from '../ear-box.ts';
import type { HeadGrid } from '../head-grid.ts';
import { cloth, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';
import { addDrape } from './add-drape.ts';
import { onHead, opening } from './cloth-on-head.ts';

/** A hood: loose cloth over the head, peaked behind, falling on the shoulders; the face looks out of its shadow. */
export function hood(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const piece = createPiece();
  const rim = opening(0.64, 8.14, 6.05, 1.05);
  const ears = earBox(grid.form);
  const loose = random.between(0.13, 0.2);
  const peak = random.between(0.15, 0.4);
  for (const inside of [0, 0.05]) {
    addWrap(piece, {
      rim,
      back: [0, -0.25, -1],
      surface: (d, psi, w, out) => {
        const roll = 0.12 * Math.exp(-w * 14);
        const crease = 0.025 * Math.sin(11 * w + 3 * Math.cos(psi)) * w * (1 - w) * 4;
        onHead(grid, d, loose + roll + crease - inside, out);
        liftOverEars(ears, 0.06, out);
        // The front edge hangs over the forehead; the back runs out into a peak.
        const upper = Math.max(0, d[1]);
        out[2] += 0.26 * Math.exp(-w * 7) * upper ** 0.7 + 0.06 * Math.exp(-w * 9);
        out[1] += 0.1 * upper * Math.exp(-w * 5);
        const tip =
          Math.exp(-(((d[1] - 0.55) / 0.3) ** 2)) * Math.max(0, -d[2]) * Math.exp(-((d[0] / 0.4) ** 2));
        out[2] -= peak * tip;
        out[1] += 0.6 * peak * tip;
      },
      columns: 52,
      rows: 20,
    });
  }
  addDrape(piece, grid, 1.08, 0.03);
  const seam = scaleColor(color, 0.7);
  const wool = marked(cloth(color, 0.22), (point) => {
    const u = placeU(point);
    const v = point.channels[CHANNEL.v];
    if (Math.abs(u) < 0.02) paint(point, seam);
    if (v < 0.035) paint(point, scaleColor(color, 0.8));
  });
  return [finishPiece('hood', piece, wool)];
}
