import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addGrid } from '../add-grid.ts';
import { addLathe } from '../add-lathe.ts';
import { type Color, WHITE } from '../colors.ts';
import { bandReach, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { felt, fur, marked } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';

/** A Santa hat: a red cone that falls to one side, white fur at the brim and a pompom at the tip. */
export function santaHat(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.35, 0.06);
  const piece = createPiece();
  const side = random.uniform() < 0.5 ? -1 : 1;
  const peak = band.crownHeight + random.between(0.12, 0.3);
  const tip = [0, 0, 0];
  const middle = (s: number, out: number[]): number => {
    // Up over the skull, then over to the side and down; the slope turns the rings.
    const over = Math.max(0, s - 0.38) / 0.62;
    const x = side * 1.05 * over ** 1.15;
    const height = s < 0.38 ? (peak * 0.72 * s) / 0.38 : peak * 0.72 + 0.42 * over - 1.25 * over * over;
    for (let k = 0; k < 3; k++) {
      out[k] = band.center[k] + x * band.right[k] - 0.15 * over * band.forward[k] + height * band.up[k];
    }
    return Math.min(2.3, over * 3);
  };
  addGrid(piece, {
    columns: 40,
    rows: 26,
    closed: true,
    place: (u, v, out) => {
      const s = 1 - v;
      const lean = middle(s, tip) * side;
      const height = s < 0.38 ? (peak * 0.72 * s) / 0.38 : peak;
      const skull = s < 0.38 ? bandReach(band, height) : 0;
      const scale = Math.max(
        skull + 0.02,
        s < 0.38 ? 1 - 0.5 * s : 0.81 * (1 - (s - 0.38) / 0.62) ** 0.85 + 0.05,
      );
      const across = scale * band.halfWidth * Math.sin(u);
      const along = scale * band.halfDepth * Math.cos(u);
      for (let k = 0; k < 3; k++) {
        out[k] =
          tip[k] +
          across * (Math.cos(lean) * band.right[k] - Math.sin(lean) * band.up[k]) +
          along * band.forward[k];
      }
    },
  });
  const trim = createPiece();
  addLathe(trim, band, {
    profile: [
      [1, 0.0, 0.3],
      [1, 0.13, 0.2],
      [1, 0.15, 0.06],
      [1, 0.03, -0.08],
    ],
    smooth: 3,
  });
  middle(1, tip);
  addBall(trim, [tip[0], tip[1] - 0.05, tip[2]], [0.2, 0.2, 0.2], 14, 10);
  return [
    finishPiece(
      'santa hat',
      piece,
      marked(felt(color), () => {}),
    ),
    finishPiece('santa trim', trim, fur(WHITE)),
  ];
}
