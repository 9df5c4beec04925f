import type { RandomStream } from '../../../tensor/random.ts';
import { valueNoise } from '../../noise.ts';
import type { Part, ShadingPoint } from '../../part.ts';
import { addTube } from '../add-tube.ts';
import { type Color, mixColor } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { paint } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';

/** A halo: a ring of light above the head. */
export function halo(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.9, 7.7, 0);
  const piece = createPiece();
  const height = band.crownHeight + random.between(0.25, 0.42);
  const radius = random.between(0.55, 0.7);
  addTube(piece, {
    path: (t, out) => {
      const angle = 2 * Math.PI * t;
      for (let k = 0; k < 3; k++) {
        out[k] =
          band.center[k] +
          radius * (Math.sin(angle) * band.right[k] + Math.cos(angle) * band.forward[k]) +
          (k === 1 ? height : 0);
      }
    },
    radius: () => 0.065,
    segments: 48,
    sides: 8,
    closed: true,
  });
  const shine = mixColor(color, [1, 0.95, 0.7], 0.55);
  const light = {
    shade(point: ShadingPoint) {
      const glow = valueNoise(point.x * 5, point.y * 5, point.z * 5);
      paint(point, shine, 0.97 + 0.05 * glow);
      point.emission = 0.75;
    },
  };
  return [finishPiece('halo', piece, light)];
}
