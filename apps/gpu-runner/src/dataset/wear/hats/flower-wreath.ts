import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addBall } from '../add-ball.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { type Color, mixColor, scaleColor, WHITE } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bendByNoise, byExtra, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';

/** A wreath of flowers with leaves between them. */
export function flowerWreath(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 7.98, 7.66, 0.06 + hairRoom(traits));
  const green = createPiece();
  addTube(green, {
    path: (t, out) => bandPoint(band, 2 * Math.PI * t, 1, 0, 0, out),
    radius: () => 0.06,
    segments: 40,
    sides: 6,
    closed: true,
  });
  const count = 18;
  const at = [0, 0, 0];
  const flowers = createPiece();
  for (let n = 0; n < count; n++) {
    const angle = (2 * Math.PI * (n + random.between(-0.2, 0.2))) / count;
    bandPoint(band, angle, 1, 0.07, random.between(-0.06, 0.08), at);
    const size = random.between(0.19, 0.26);
    const lift = random.between(0, 0.7);
    const kind = random.uniform() < 0.6 ? 0 : random.integer(1, 2);
    addFlower(flowers, [...at], angle, { size, lift, kind });
    bandPoint(band, angle + Math.PI / count, 1, 0.06, random.between(-0.05, 0.05), at);
    const slope = random.between(-0.9, 0.9);
    addBall(
      green,
      at,
      [
        0.06 + 0.1 * Math.abs(Math.cos(angle)),
        0.05 + 0.06 * Math.abs(slope),
        0.06 + 0.1 * Math.abs(Math.sin(angle)),
      ],
      7,
      5,
    );
  }
  const second: Color = random.uniform() < 0.5 ? WHITE : mixColor(color, WHITE, 0.55);
  return [
    finishPiece('wreath leaves', green, LEAVES),
    finishPiece(
      'wreath flowers',
      flowers,
      byExtra(petals(color), petals(second), petals(scaleColor(color, 0.8))),
    ),
  ];
}

const YELLOW: Color = [0.92, 0.76, 0.15];

interface Flower {
  readonly size: number;
  /** Angle by which it looks up, radians. */
  readonly lift: number;
  /** Which of the three materials its petals have. */
  readonly kind: number;
}

/** Adds a cup of five petals at `middle` that looks out at azimuth `angle`. */
function addFlower(
  piece: Piece,
  middle: readonly number[],
  angle: number,
  { size, lift, kind }: Flower,
): void {
  const s = Math.sin(angle);
  const c = Math.cos(angle);
  const out = [s * Math.cos(lift), Math.sin(lift), c * Math.cos(lift)];
  const side = [c, 0, -s];
  const high = [-s * Math.sin(lift), Math.cos(lift), -c * Math.sin(lift)];
  addGrid(piece, {
    columns: 20,
    rows: 3,
    closed: true,
    flipped: true,
    place: (u, v, point) => {
      const radius = size * v * (0.55 + 0.45 * Math.abs(Math.cos(2.5 * u)) ** 0.5);
      const cup = 0.35 * size * (v * v - 0.3);
      for (let k = 0; k < 3; k++) {
        point[k] =
          middle[k] + radius * (Math.sin(u) * side[k] + Math.cos(u) * high[k]) + (0.05 + cup) * out[k];
      }
      point[3] = kind;
    },
  });
}

function petals(base: Color): Material {
  return {
    shade(point) {
      const v = point.channels[CHANNEL.v];
      if (v < 0.3) paint(point, base === YELLOW ? [0.4, 0.22, 0.06] : YELLOW, 0.9);
      else paint(point, base, 0.75 + 0.35 * v + 0.06 * Math.cos(10 * placeU(point)));
    },
  };
}

const LEAVES: Material = {
  shade(point) {
    const tone = bendByNoise(point, 9, 0.3);
    paint(point, [0.16, 0.4, 0.12], 1 + 0.25 * tone);
  },
};
