import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addDome } from '../add-dome.ts';
import { addGrid } from '../add-grid.ts';
import { addKnot } from '../add-knot.ts';
import { BLACK, type Color, mixColor, WHITE } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { cloth, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A bandana: a printed cloth close over the skull, tied at the back of the head. */
export function bandana(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.82, 7.3, 0.04);
  const piece = createPiece();
  addDome(piece, band, { room: 0.03, roomAbove: 0.07, columns: 48, rows: 14, below: 0.03 });
  const knot = [0, 0, 0];
  bandPoint(band, Math.PI, 1, 0.1, 0.02, knot);
  addKnot(piece, knot, [0, 0, -1], random.between(0.45, 0.65));
  // The loose corner over the knot.
  addGrid(piece, {
    columns: 6,
    rows: 4,
    uRange: [Math.PI - 0.7, Math.PI + 0.7],
    place: (u, v, out) => {
      const side = (u - Math.PI) / 0.7;
      bandPoint(band, Math.PI + side * 0.7 * (1 - v), 1, 0.07 + 0.06 * v, 0.12 - 0.5 * v, out);
    },
  });
  const dots = random.uniform() < 0.6;
  const light = color[0] + color[1] + color[2] > 1.6;
  const ink: Color = light ? mixColor(color, BLACK, 0.8) : WHITE;
  const print = marked(cloth(color, 0.14), (point) => {
    const v = point.channels[CHANNEL.v];
    const u = placeU(point);
    const row = v * 6.5;
    const ring = Math.max(
      3,
      Math.round(2.2 * Math.sin(1.5 * Math.min(1, (Math.floor(row) + 0.5) / 6.5)) * 7),
    );
    const du = (((((u / (2 * Math.PI)) * ring + 0.5 * Math.floor(row)) % 1) + 1) % 1) - 0.5;
    const dv = (row % 1) - 0.5;
    const far = Math.hypot(du * 1.1, dv);
    if (dots ? far < 0.2 : Math.abs(far - 0.3) < 0.08 || far < 0.1) paint(point, ink);
    if (v > 0.93 && v < 0.965) paint(point, ink);
  });
  return [finishPiece('bandana', piece, print)];
}
