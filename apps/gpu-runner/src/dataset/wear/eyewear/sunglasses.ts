import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import { BLACK, type Color, GOLD, SILVER } from '../colors.ts';
import type { HeadGrid } from '../head-grid.ts';
import { lacquer, marked, metal } from '../materials.ts';
import { createPiece, finishPiece, type Piece } from '../piece.ts';
import { addFrame } from './add-frame.ts';
import { type Mount, mountOn, type Rim, rimPoint } from './lens-mount.ts';

function addLenses(piece: Piece, mount: Mount, rim: Rim, forward: number): void {
  for (const side of [-1, 1]) {
    addGrid(piece, {
      columns: 32,
      rows: 3,
      closed: true,
      place: (u, v, out) => {
        rimPoint(mount, rim, side, u, v, out);
        out[2] += forward + 0.03 * (1 - v * v);
      },
    });
  }
}

/** Sunglasses: dark shining lenses in a frame. */
export function sunglasses(grid: HeadGrid, random: RandomStream): Part[] {
  const aviator = random.uniform() < 0.4;
  const rim: Rim = {
    halfWidth: 0.26,
    halfHeight: random.between(0.17, 0.2),
    exponent: aviator ? 2.3 : 3.2,
    thickness: aviator ? 0.02 : 0.03,
  };
  const mount = mountOn(grid, 0.06);
  const piece = createPiece();
  addFrame(piece, grid, mount, rim);
  const lenses = createPiece();
  addLenses(lenses, mount, rim, 0);
  const tints: readonly Color[] = [
    [0.02, 0.02, 0.025],
    [0.02, 0.02, 0.025],
    [0.1, 0.05, 0.02],
    [0.03, 0.06, 0.1],
  ];
  const tint = tints[random.integer(0, tints.length - 1)];
  const glass: Material = marked(lacquer(tint, 0.9), (point) => {
    // The sky in the upper half.
    const sky = Math.max(0, point.ny + 0.25 * point.nz) * 0.2;
    point.red += sky;
    point.green += sky;
    point.blue += sky;
  });
  const frame = aviator ? metal(random.uniform() < 0.5 ? GOLD : SILVER, 0.1) : lacquer(BLACK, 0.5);
  return [finishPiece('sunglasses', piece, frame), finishPiece('dark lenses', lenses, glass)];
}
