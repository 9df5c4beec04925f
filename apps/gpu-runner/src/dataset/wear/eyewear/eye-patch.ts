import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addStrap } from '../add-strap.ts';
import { faceShell } from '../face-shell.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { leather, marked, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';
import { REST_EYE_X, REST_EYE_Y } from './lens-mount.ts';

/** A patch over one eye on a strap that runs aslant around the head. */
export function eyePatch(grid: HeadGrid, random: RandomStream, traits: Traits): Part[] {
  const side = random.uniform() < 0.5 ? -1 : 1;
  const patch = faceShell(grid, {
    halfWidth: 0.62,
    bottomY: 7.0,
    topY: 7.58,
    reach: 0.16,
    lift: (x, y) =>
      0.035 + 0.05 * Math.max(0, 1 - Math.hypot((x - side * REST_EYE_X) / 0.26, (y - REST_EYE_Y) / 0.24)),
    field: (x, y) => {
      const dy = y - REST_EYE_Y - 0.01;
      const wide = dy > 0 ? 0.265 : 0.25;
      return 0.24 * (1 - Math.hypot((x - side * (REST_EYE_X + 0.01)) / wide, dy / (dy > 0 ? 0.19 : 0.25)));
    },
    columns: 44,
    rows: 24,
  });
  const strap = createPiece();
  addStrap(strap, grid, {
    line: (z, x) => 7.6 - 0.5 * side * x * Math.min(1, Math.max(0.12, (z - 0.5) / 0.8)),
    width: 0.09,
    lift: 0.025 + 0.4 * hairRoom(traits),
    overEars: true,
  });
  const hide = marked(leather([0.06, 0.055, 0.05]), (point) => {
    const edge = point.channels[CHANNEL.extra];
    if (edge > 0.02 && edge < 0.035) paint(point, [0.2, 0.17, 0.14]);
  });
  return [
    finishPiece('eye patch', patch, hide),
    finishPiece('patch strap', strap, leather([0.07, 0.06, 0.05])),
  ];
}
