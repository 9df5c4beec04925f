import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { earBox } from '../ear-box.ts';
import type { HeadGrid } from '../head-grid.ts';
import { metal } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { addRing } from './add-ring.ts';
import { anyMetal } from './any-metal.ts';

/** Hoop earrings: a ring through each lobe. */
export function hoopEarrings(grid: HeadGrid, random: RandomStream): Part[] {
  const ears = earBox(grid.form);
  const piece = createPiece();
  const radius = random.between(0.15, 0.25);
  for (const [lobe, side] of [
    [ears.lobeLeft, 1],
    [ears.lobeRight, -1],
  ] as const) {
    const center = [lobe[0] + side * 0.05, lobe[1] + 0.05 - radius, lobe[2] + 0.02];
    addRing(piece, center, radius, 0.022, [0, 1, 0], [side * 0.62, 0, 0.78]);
  }
  return [finishPiece('hoop earrings', piece, metal(anyMetal(random), 0.1))];
}
