import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { HeadGrid } from '../head-grid.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { addFrame } from './add-frame.ts';
import { frameMaterial } from './frame-material.ts';
import { mountOn, type Rim } from './lens-mount.ts';

/** Rectangular glasses with open lenses. */
export function glasses(grid: HeadGrid, random: RandomStream): Part[] {
  const rim: Rim = {
    halfWidth: random.between(0.235, 0.26),
    halfHeight: random.between(0.14, 0.18),
    exponent: 4.5,
    thickness: random.between(0.026, 0.036),
  };
  const piece = createPiece();
  addFrame(piece, grid, mountOn(grid, 0.05), rim);
  return [finishPiece('glasses', piece, frameMaterial(random))];
}
