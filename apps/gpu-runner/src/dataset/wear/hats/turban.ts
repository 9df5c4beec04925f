import type { RandomStream } from '../../../tensor/random.ts';
import type { Part } from '../../part.ts';
import { addBall } from '../add-ball.ts';
import { addGrid } from '../add-grid.ts';
import type { Color } from '../colors.ts';
import { type Band, bandPoint, bandReach, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, cloth, gem, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A turban: bands of cloth wound around the head that cross over the forehead, at times with a jewel. */
export function turban(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.2, 0.05);
  const piece = createPiece();
  const thick = random.between(0.2, 0.34);
  const top = band.crownHeight + random.between(0.15, 0.3);
  const turns = random.integer(4, 6);
  const fold = (u: number, v: number): number => {
    const azimuth = u > Math.PI ? u - 2 * Math.PI : u;
    // The layers come down from the forehead to both sides and lie half a turn apart: they cross in front.
    return (
      turns * (v - (0.42 * Math.abs(azimuth)) / Math.PI) +
      0.5 * smooth(azimuth / 0.16) * Math.cos(azimuth / 2)
    );
  };
  addGrid(piece, {
    columns: 72,
    rows: 32,
    closed: true,
    place: (u, v, out) => {
      const angle = Math.PI * 0.5 * Math.min(1, v / 0.82);
      const height = v < 0.82 ? top * Math.cos(angle) : -(v - 0.82) * 0.9;
      const round = Math.sin(angle) ** 0.75;
      const ridge = Math.abs(Math.sin(Math.PI * fold(u, v))) ** 0.6;
      const bulge =
        thick * Math.sin(Math.PI * Math.min(1, v * 0.98)) ** 0.5 + 0.05 * ridge * Math.min(1, 5 * v);
      bandPoint(
        band,
        u,
        Math.max(round, bandReach(band, height) * Math.min(1, v * 6)),
        bulge * Math.min(1, 3 * v),
        height,
        out,
      );
    },
  });
  const jewel = random.uniform() < 0.45;
  const parts = [
    finishPiece(
      'turban',
      piece,
      marked(cloth(color, 0.16), (point) => {
        const u = placeU(point);
        const phase = fold(u, point.channels[CHANNEL.v]);
        const depth = Math.abs(Math.sin(Math.PI * phase));
        bend(
          point,
          0.12 * Math.sin(40 * phase),
          0.55 * Math.cos(Math.PI * phase) * Math.sign(Math.sin(Math.PI * phase)),
        );
        if (depth < 0.22) paint(point, color, 0.55 + 1.6 * depth);
      }),
    ),
  ];
  if (jewel) parts.push(jewelOn(band, thick + 0.06));
  return parts;
}

/** A red stone over the forehead, `lift` before the band. */
function jewelOn(band: Band, lift: number): Part {
  const stone = createPiece();
  const at = [0, 0, 0];
  bandPoint(band, 0, 1, lift, 0.2, at);
  addBall(stone, at, [0.11, 0.14, 0.07], 12, 8);
  return finishPiece('turban jewel', stone, gem([0.75, 0.06, 0.12]));
}

function smooth(t: number): number {
  const share = Math.min(1, Math.max(0, 0.5 + 0.5 * t));
  return share * share * (3 - 2 * share);
}
