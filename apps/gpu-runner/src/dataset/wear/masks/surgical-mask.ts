import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addTube } from '../add-tube.ts';
import { type Color, WHITE } from '../colors.ts';
import { earBox } from '../ear-box.ts';
import { facePlace } from '../face-place.ts';
import { faceShell } from '../face-shell.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, cloth, marked, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';
import { insideBox } from './mask-outline.ts';

/** A surgical mask: pleated, over nose, mouth and chin, with loops around the ears. */
export function surgicalMask(grid: HeadGrid, random: RandomStream): Part[] {
  const colors: readonly Color[] = [
    [0.55, 0.75, 0.86],
    [0.55, 0.75, 0.86],
    [0.9, 0.92, 0.93],
    [0.1, 0.1, 0.11],
    [0.6, 0.82, 0.7],
  ];
  const color = colors[random.integer(0, colors.length - 1)];
  const shell = faceShell(grid, {
    halfWidth: 0.66,
    bottomY: 5.98,
    topY: 7.2,
    reach: 0.2,
    lift: (_x, y) => 0.03 + 0.018 * Math.sin((y - 6.1) * 20),
    field: (x, y) => {
      const rise = 0.13 * Math.exp(-((x / 0.17) ** 2));
      return insideBox(x, y - 6.6 - (y > 6.6 ? rise * (y - 6.6) * 2 : 0), 0.62, 0.5, 4.2);
    },
    columns: 36,
    rows: 44,
  });
  const loops = createPiece();
  const ears = earBox(grid.form);
  const from = [0, 0, 0];
  for (const side of [-1, 1]) {
    for (const [y, end] of [
      [6.96, 0.75],
      [6.2, -0.8],
    ]) {
      facePlace(grid, side * 0.58, y, 0.05, from);
      const start = [...from];
      addTube(loops, {
        path: (t, out) => {
          const height = ears.center[1] + end * ears.halfHeight;
          out[0] =
            start[0] +
            (side * (ears.center[0] + 0.02) - start[0]) * Math.min(1, 0.25 + t) * Math.min(1, t * 4);
          out[1] = start[1] + (height - start[1]) * t;
          out[2] = start[2] + (ears.center[2] - 0.05 - start[2]) * t;
        },
        radius: () => 0.014,
        segments: 12,
        sides: 5,
      });
    }
  }
  const pleated = marked(cloth(color, 0.1), (point) => {
    const y = point.channels[CHANNEL.v];
    const pleat = ((((y - 6.1) * 4.2) % 1) + 1) % 1;
    bend(point, 0, -0.5 * Math.exp(-((pleat / 0.16) ** 2)) + 0.12);
    if (pleat < 0.1) paint(point, color, 0.86);
    if (point.channels[CHANNEL.extra] < 0.03) paint(point, color, 0.93);
  });
  return [finishPiece('surgical mask', shell, pleated), finishPiece('ear loops', loops, cloth(WHITE, 0))];
}
