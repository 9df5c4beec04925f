import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { facePlace } from '../face-place.ts';
import type { HeadGrid } from '../head-grid.ts';
import { metal } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { addRing } from './add-ring.ts';
import { anyMetal } from './any-metal.ts';

/** A nose ring: through one nostril or, below the tip, through the septum. */
export function noseRing(grid: HeadGrid, random: RandomStream): Part[] {
  const piece = createPiece();
  const at = [0, 0, 0];
  const { noseTip } = grid.form.places;
  if (random.uniform() < 0.5) {
    const center = [noseTip[0], noseTip[1] - 0.13, noseTip[2] - 0.08];
    addRing(piece, center, 0.1, 0.025, [1, 0, 0], [0, 0.92, 0.4]);
  } else {
    const side = random.uniform() < 0.5 ? -1 : 1;
    facePlace(grid, side * 0.15, 6.9, 0.01, at);
    addRing(piece, [at[0], at[1] - 0.04, at[2]], 0.09, 0.023, [side * 0.75, 0, 0.66], [0, 1, 0]);
  }
  return [finishPiece('nose ring', piece, metal(anyMetal(random), 0.1))];
}
