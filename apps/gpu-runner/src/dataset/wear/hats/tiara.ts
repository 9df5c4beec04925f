import type { RandomStream } from '../../../tensor/random.ts';
import type { Part, ShadingPoint } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addBall } from '../add-ball.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { type Color, GEMS, scaleColor } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, gem, metal, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A tiara: a filigree that rises to a peak over the forehead, on a thin ring. */
export function tiara(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 8.08, 7.6, 0.02 + hairRoom(traits));
  const peak = random.between(0.4, 0.55);
  const piece = createPiece();
  const top = (u: number): number => {
    const arch = Math.cos((u / 1.75) * (Math.PI / 2)) ** 1.3;
    return 0.05 + arch * peak * (0.72 + 0.28 * Math.abs(Math.cos(u * 5.4)));
  };
  for (const flipped of [false, true]) {
    addGrid(piece, {
      columns: 60,
      rows: 4,
      uRange: [-1.75, 1.75],
      flipped,
      place: (u, v, out) => {
        const height = top(u) * (1 - v);
        bandPoint(band, u, 1, 0.1 * height - (flipped ? 0.025 : 0), height, out);
      },
    });
  }
  addTube(piece, {
    path: (t, out) => bandPoint(band, 2 * Math.PI * t, 1, 0, 0, out),
    radius: () => 0.03,
    segments: 48,
    sides: 5,
    closed: true,
  });
  const at = [0, 0, 0];
  const stones = createPiece();
  for (const [u, share, size] of [
    [0, 0.5, 0.085],
    [0.35, 0.45, 0.06],
    [-0.35, 0.45, 0.06],
    [0.75, 0.4, 0.05],
    [-0.75, 0.4, 0.05],
    [0, 1.05, 0.05],
  ]) {
    bandPoint(band, u, 1, 0.05, top(u) * share, at);
    addBall(stones, at, [size, size * 1.15, size], 8, 6);
  }
  const filigree = {
    shade(point: ShadingPoint) {
      silver.shade(point);
      const u = placeU(point);
      const v = point.channels[CHANNEL.v];
      const swirl = Math.sin(u * 16) * Math.sin(v * 9 + 0.5);
      bend(point, 0.6 * Math.cos(u * 16), 0.5 * Math.sin(v * 9));
      if (Math.abs(swirl) > 0.72) paint(point, scaleColor(color, 0.45));
    },
  };
  const silver = metal(color, 0.15);
  return [
    finishPiece('tiara', piece, filigree),
    finishPiece(
      'tiara gems',
      stones,
      gem(random.uniform() < 0.5 ? [0.85, 0.92, 1] : GEMS[random.integer(0, 3)]),
    ),
  ];
}
