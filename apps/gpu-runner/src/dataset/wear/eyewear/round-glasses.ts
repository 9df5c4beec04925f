import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { HeadGrid } from '../head-grid.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { addFrame } from './add-frame.ts';
import { frameMaterial } from './frame-material.ts';
import { mountOn, type Rim } from './lens-mount.ts';

/** Round glasses with open lenses. */
export function roundGlasses(grid: HeadGrid, random: RandomStream): Part[] {
  const radius = random.between(0.2, 0.245);
  const rim: Rim = {
    halfWidth: radius,
    halfHeight: radius,
    exponent: 2,
    thickness: random.between(0.022, 0.03),
  };
  const piece = createPiece();
  addFrame(piece, grid, mountOn(grid, 0.05), rim);
  return [finishPiece('round glasses', piece, frameMaterial(random))];
}
