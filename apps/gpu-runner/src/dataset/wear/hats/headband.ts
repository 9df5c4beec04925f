import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addGrid } from '../add-grid.ts';
import { type Color, scaleColor, WHITE } from '../colors.ts';
import { bandPoint, bandReach, fitBand } from '../fit-band.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { cloth, knit, marked, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A headband: a strip of knitted or smooth cloth around forehead and hair. */
export function headband(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 7.9, 7.6, 0.02 + hairRoom(traits));
  const piece = createPiece();
  const high = random.between(0.12, 0.19);
  const stripe = random.uniform() < 0.5 ? WHITE : scaleColor(color, 0.5);
  addGrid(piece, {
    columns: 60,
    rows: 8,
    closed: true,
    place: (u, v, out) => {
      const height = high * (1 - 2 * v);
      const round = Math.sqrt(Math.max(0, 1 - (2 * v - 1) ** 4));
      bandPoint(band, u, Math.max(1, bandReach(band, 0.02)), 0.07 * round - 0.02, height, out);
    },
  });
  const strip = marked(random.uniform() < 0.6 ? knit(color, 70, 5) : cloth(color), (point) => {
    if (Math.abs(point.channels[CHANNEL.v] - 0.5) < 0.12) paint(point, stripe);
  });
  return [finishPiece('headband', piece, strip)];
}
