import type { RandomStream } from '../../../tensor/random.ts';
import type { Part, ShadingPoint } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addLathe } from '../add-lathe.ts';
import type { Color } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt, marked, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A beret: a soft flat disc pulled to one side over a narrow band. */
export function beret(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.88, 7.5, 0.05);
  const piece = createPiece();
  const side = random.uniform() < 0.5 ? -1 : 1;
  const top = band.crownHeight + 0.1;
  addLathe(piece, band, {
    profile: [
      [0, 0, top],
      [0.55, 0.02, top - 0.02],
      [1, 0.18, top * 0.66],
      [1, 0.3, top * 0.4],
      [1, 0.16, top * 0.2],
      [1, 0.0, 0.05],
      [1, 0.0, -0.06],
    ],
    smooth: 3,
    columns: 52,
    warp: (u, v, out) => {
      const soft = Math.sin(Math.PI * Math.min(1, v * 1.15)) ** 2 * (v < 0.87 ? 1 : 0);
      const toward = Math.sin(u) * side;
      for (let k = 0; k < 3; k++) {
        out[k] += soft * (side * 0.2 * band.right[k] - (toward * 0.2 + 0.02 * Math.sin(5 * u)) * band.up[k]);
        out[k] += soft * Math.max(0, toward) * side * 0.12 * band.right[k];
      }
    },
  });
  const at = [0, 0, 0];
  bandPoint(band, 0, 0, 0, top + 0.04, at);
  addBall(piece, at, [0.025, 0.07, 0.025], 6, 5);
  return [
    finishPiece(
      'beret',
      piece,
      marked(felt(color), (point: ShadingPoint) => {
        if (point.channels[CHANNEL.v] > 0.87) paint(point, color, 0.6);
      }),
    ),
  ];
}
