import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addStrap } from '../add-strap.ts';
import { BLACK, type Color, mixColor, WHITE } from '../colors.ts';
import { faceShell } from '../face-shell.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bendByNoise, lacquer, leather, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';
import { insideBox, outsideEyes } from './mask-outline.ts';

/** A goalkeeper's hockey mask: a white shell with eye holes, rows of vents and red chevrons. */
export function hockeyMask(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const shell = faceShell(grid, {
    halfWidth: 0.72,
    bottomY: 5.98,
    topY: 8.12,
    reach: 0.16,
    lift: (_x, y) => 0.05 + 0.02 * Math.exp(-(((y - 6.1) / 0.2) ** 2)),
    field: (x, y) => {
      const narrow = y < 7.1 ? 0.68 - 0.14 * ((7.1 - y) / 1.1) ** 2 : 0.68;
      return Math.min(insideBox(x, y - 7.06, narrow, 1.02, 2.6), outsideEyes(x, y, 0.19, 0.115));
    },
    columns: 48,
    rows: 52,
  });
  const marks: Color = random.uniform() < 0.7 ? [0.72, 0.06, 0.06] : [0.08, 0.15, 0.55];
  const base = mixColor(WHITE, [0.85, 0.8, 0.62], random.between(0, 0.8));
  const worn = marked(lacquer(base, 0.25), (point) => {
    const x = placeU(point);
    const ax = Math.abs(x);
    const y = point.channels[CHANNEL.v];
    const scratch = bendByNoise(point, 6, 0.05);
    if (scratch < -0.5) paint(point, base, 0.88);
    // Chevrons on the forehead and on both cheeks.
    if (
      (y > 7.62 && y < 7.94 && ax < 0.16 * ((y - 7.55) / 0.39)) ||
      (ax > 0.36 && Math.abs(y - 6.93 + 0.3 * (ax - 0.4)) < 0.5 * (ax - 0.36))
    )
      paint(point, marks);
    const column = ax / 0.13;
    const row = (y - 6.05) / 0.13;
    const hole = Math.hypot((column % 1) - 0.5, (row % 1) - 0.5);
    const vents = (y < 6.95 && ax < 0.42) || (y > 7.55 && ax > 0.2 && ax < 0.5 && y < 7.95);
    if (vents && hole < 0.24 && !(y > 6.6 && ax < 0.1)) {
      paint(point, BLACK);
      point.gloss = 0;
    }
  });
  const straps = createPiece();
  for (const height of [6.95, 7.6]) {
    addStrap(straps, grid, {
      line: (z) => height + 0.08 * (1.2 - z),
      width: 0.1,
      lift: 0.035 + hairRoom(traits),
      range: [0.72, 2 * Math.PI - 0.72],
      overEars: true,
    });
  }
  return [
    finishPiece('hockey mask', shell, worn),
    finishPiece('hockey straps', straps, leather([0.1, 0.08, 0.07])),
  ];
}
