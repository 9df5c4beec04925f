import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addBall } from '../add-ball.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { type Color, GEMS } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { gem, metal } from '../materials.ts';
import { createPiece, finishPiece } from '../piece.ts';

/** A crown: a ring of metal with points that carry balls, gems around its foot. */
export function crown(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 8.0, 7.78, 0.03 + hairRoom(traits));
  const points = random.integer(5, 9);
  const low = 0.34;
  const high = random.between(0.62, 0.85);
  const piece = createPiece();
  const columns = points * 6;
  for (const flipped of [false, true]) {
    addGrid(piece, {
      columns,
      rows: 5,
      closed: true,
      flipped,
      place: (u, v, out) => {
        const tooth = 1 - Math.abs((((u / (2 * Math.PI)) * points) % 1) * 2 - 1);
        const height = (low + (high - low) * (1 - tooth) ** 1.2) * (1 - v) - 0.04;
        bandPoint(band, u, 1, 0.16 * Math.max(0, height) - (flipped ? 0.03 : 0), height, out);
      },
    });
  }
  addTube(piece, {
    path: (t, out) => bandPoint(band, 2 * Math.PI * t, 1, 0.01, 0, out),
    radius: () => 0.045,
    segments: 48,
    sides: 6,
    closed: true,
  });
  const stones = createPiece();
  const at = [0, 0, 0];
  for (let n = 0; n < points; n++) {
    const tip = (2 * Math.PI * n) / points;
    bandPoint(band, tip, 1, 0.16 * high, high, at);
    addBall(piece, at, [0.06, 0.06, 0.06], 8, 6);
    bandPoint(band, tip, 1, 0.05, 0.17, at);
    addBall(stones, at, [0.065, 0.075, 0.065], 8, 6);
  }
  return [
    finishPiece('crown', piece, metal(color, 0.25)),
    finishPiece('crown gems', stones, gem(GEMS[random.integer(0, GEMS.length - 1)])),
  ];
}
