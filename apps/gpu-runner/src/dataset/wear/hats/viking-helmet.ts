import type { RandomStream } from '../../../tensor/random.ts';
import { valueNoise } from '../../noise.ts';
import type { Material, Part } from '../../part.ts';
import { addDome } from '../add-dome.ts';
import { addGrid } from '../add-grid.ts';
import { addLathe } from '../add-lathe.ts';
import { addTube } from '../add-tube.ts';
import { type Color, GOLD, mixColor } from '../colors.ts';
import { type Band, bandPoint, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, byExtra, marked, metal, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';

/** A viking's helmet: an iron bowl with riveted bands, two horns and sometimes a nose guard. */
export function vikingHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.8, 7.42, 0.06);
  const piece = createPiece();
  addDome(piece, band, { room: 0.06, roomAbove: 0.2, columns: 48, rows: 12 });
  addLathe(piece, band, {
    profile: [
      [1, 0.07, 0.2],
      [1, 0.11, 0.17],
      [1, 0.12, 0.0],
      [1, 0.05, -0.05],
    ],
    extra: 1,
  });
  if (random.uniform() < 0.5) addNoseGuard(piece, band);
  const horns = createPiece();
  const size = random.between(0.85, 1.15);
  for (const side of [-1, 1]) {
    addTube(horns, {
      path: (t, out) => {
        bandPoint(band, (side * Math.PI) / 2, 0.94, 0, 0.32, out);
        const x = side * size * (0.52 * Math.sin(1.9 * t));
        const y = size * (0.95 * t * t + 0.1 * t);
        for (let k = 0; k < 3; k++) out[k] += x * band.right[k] + y * band.up[k] + 0.1 * t * band.forward[k];
      },
      radius: (t) => 0.2 * (1 - t) ** 0.7 + 0.006,
      segments: 20,
      sides: 12,
    });
  }
  return [
    finishPiece('viking helmet', piece, byExtra(ribbed(color), riveted(color))),
    finishPiece('viking horns', horns, IVORY),
  ];
}

function addNoseGuard(piece: Piece, band: Band): void {
  addGrid(piece, {
    columns: 2,
    rows: 5,
    uRange: [-0.1, 0.1],
    place: (u, v, out) => {
      bandPoint(band, u * (1 - 0.3 * v), 1, 0.13 + 0.06 * v - 0.9 * Math.abs(u) * 0.2, 0.05 - 0.62 * v, out);
      out[3] = 1;
    },
  });
}

/** Metal with golden bands from the rim to the top. */
function ribbed(color: Color): Material {
  return marked(metal(color, 0.55), (point) => {
    const u = placeU(point);
    const rib = Math.abs(((((u / (Math.PI / 2)) % 1) + 1.5) % 1) - 0.5) * 1.57 * point.channels[CHANNEL.v];
    if (rib < 0.09) {
      bend(point, rib > 0.06 ? 0.6 * Math.sign(Math.sin(4 * u)) : 0, 0);
      paint(point, GOLD, 0.8);
    }
  });
}

/** Metal with golden rivets. */
function riveted(color: Color): Material {
  return marked(metal(mixColor(color, GOLD, 0.6), 0.4), (point) => {
    const rivet = Math.hypot(
      ((((placeU(point) * 3.5) % 1) + 1) % 1) - 0.5,
      (point.channels[CHANNEL.v] - 0.5) * 1.6,
    );
    if (rivet < 0.22) paint(point, GOLD, 1.1 - rivet);
    else if (rivet < 0.3) paint(point, GOLD, 0.4);
  });
}

const IVORY: Material = {
  shade(point) {
    const t = point.channels[CHANNEL.v];
    const grain = valueNoise(placeU(point) * 3, t * 20, 1);
    const dark = t > 0.8 ? (t - 0.8) * 3 : t < 0.12 ? 0.5 : 0;
    paint(point, [0.87, 0.8, 0.64], (0.97 + 0.07 * grain) * (1 - dark));
    point.gloss = 0.3;
  },
};
