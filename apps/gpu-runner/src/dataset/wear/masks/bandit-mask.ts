import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addKnot } from '../add-knot.ts';
import { addStrap } from '../add-strap.ts';
import type { Color } from '../colors.ts';
import { faceShell } from '../face-shell.ts';
import { hairRoom } from '../hair-room.ts';
import { type HeadGrid, polarAtLine, readGrid } from '../head-grid.ts';
import { cloth } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { outsideEyes } from './mask-outline.ts';

/** A bandit's mask: a dark strip over the eyes, tied behind the head. */
export function banditMask(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const color: Color = random.uniform() < 0.75 ? [0.05, 0.05, 0.055] : [0.35, 0.05, 0.06];
  const strip = faceShell(grid, {
    halfWidth: 0.78,
    bottomY: 6.95,
    topY: 7.7,
    reach: 0.09,
    lift: () => 0.055,
    field: (x, y) => {
      const middle = 7.32;
      const half = 0.19 + 0.03 * Math.cos(x * 9) - 0.05 * x * x;
      const nose = 0.12 * Math.exp(-((x / 0.12) ** 2));
      return Math.min(
        middle + half - y,
        y - (middle - half + nose),
        0.77 - Math.abs(x),
        outsideEyes(x, y + 0.012, 0.19, 0.115),
      );
    },
    columns: 60,
    rows: 28,
  });
  const tie = createPiece();
  const lift = 0.03 + hairRoom(traits);
  addStrap(tie, grid, {
    line: () => 7.32,
    width: 0.26,
    lift: 0.035 + 0.6 * hairRoom(traits),
    range: [0.86, 2 * Math.PI - 0.86],
    overEars: true,
  });
  const back = [0, 0, 0];
  readGrid(
    grid.points,
    polarAtLine(grid, Math.PI, () => 7.31),
    Math.PI,
    back,
  );
  addKnot(tie, [back[0], back[1], back[2] - lift - 0.04], [0, 0, -1], 0.5);
  return [
    finishPiece('bandit mask', strip, cloth(color, 0.1)),
    finishPiece('bandit knot', tie, cloth(color, 0.15)),
  ];
}
