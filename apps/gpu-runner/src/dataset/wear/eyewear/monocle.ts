import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addTube } from '../add-tube.ts';
import { GOLD } from '../colors.ts';
import { facePlace } from '../face-place.ts';
import type { HeadGrid } from '../head-grid.ts';
import { metal } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';
import { mountOn, type Rim, rimPoint } from './lens-mount.ts';

/** A monocle: a golden ring before one eye, with a chain. */
export function monocle(grid: HeadGrid, random: RandomStream): Part[] {
  const side = random.uniform() < 0.5 ? -1 : 1;
  const mount = mountOn(grid, 0.02);
  const radius = 0.215;
  const rim: Rim = { halfWidth: radius, halfHeight: radius, exponent: 2, thickness: 0.028 };
  const piece = createPiece();
  addTube(piece, {
    path: (t, out) => rimPoint(mount, rim, side, 2 * Math.PI * t, 1, out),
    radius: () => rim.thickness,
    segments: 40,
    sides: 6,
    closed: true,
    upright: [0, 0, 1],
  });
  const from = [0, 0, 0];
  rimPoint(mount, rim, side, side > 0 ? -0.5 : Math.PI + 0.5, 1.05, from);
  const cheek = [0, 0, 0];
  addTube(piece, {
    path: (t, out) => {
      facePlace(grid, side * (0.5 + 0.12 * t - 0.1 * t * t), 7.15 - 0.85 * t, 0.04, cheek);
      const hang = Math.min(1, 3 * t);
      for (let k = 0; k < 3; k++) out[k] = from[k] + (cheek[k] - from[k]) * hang;
    },
    radius: (t) => 0.013 + 0.006 * Math.cos(90 * t),
    segments: 46,
    sides: 5,
  });
  return [finishPiece('monocle', piece, metal(GOLD, 0.1))];
}
