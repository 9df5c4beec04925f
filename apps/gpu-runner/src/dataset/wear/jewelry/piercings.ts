import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { GOLD, SILVER } from '../colors.ts';
import { earBox } from '../ear-box.ts';
import { facePlace } from '../face-place.ts';
import type { HeadGrid } from '../head-grid.ts';
import { metal } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { addRing } from './add-ring.ts';

/** Piercings: studs at brow, nostril and lip, rings along an ear. */
export function piercings(grid: HeadGrid, random: RandomStream): Part[] {
  const piece = createPiece();
  const side = random.uniform() < 0.5 ? -1 : 1;
  const at = [0, 0, 0];
  const stud = (x: number, y: number, size: number): void => {
    facePlace(grid, x, y, size * 0.6, at);
    addBall(piece, at, [size, size, size], 8, 6);
  };
  stud(side * 0.46, 7.56, 0.038);
  stud(side * 0.46, 7.43, 0.038);
  stud(-side * 0.145, 6.93, 0.034);
  stud(0, 6.42, 0.042);
  if (random.uniform() < 0.6) stud(side * 0.2, 6.46, 0.036);
  const ears = earBox(grid.form);
  for (const hand of [-1, 1]) {
    for (let n = 0; n < 3; n++) {
      const center = [
        hand * (ears.reach - 0.05),
        ears.center[1] + ears.halfHeight * (0.75 - 0.35 * n),
        ears.center[2] - ears.halfDepth * (0.35 + 0.2 * n),
      ];
      addRing(piece, center, 0.07, 0.017, [0.8 * hand, 0, -0.6], [0, 1, 0]);
    }
  }
  return [finishPiece('piercings', piece, metal(random.uniform() < 0.7 ? SILVER : GOLD, 0.05))];
}
