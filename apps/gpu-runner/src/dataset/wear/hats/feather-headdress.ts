import type { RandomStream } from '../../../tensor/random.ts';
import type { Material, Part } from '../../part.ts';
import type { Traits } from '../../traits.ts';
import { addGrid } from '../add-grid.ts';
import { BLACK, type Color, mixColor, WHITE } from '../colors.ts';
import { bandPoint, fitBand } from '../fit-band.ts';
import { hairRoom } from '../hair-room.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, bendByNoise, byExtra, felt, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A headdress: a beaded band from which feathers stand up in a fan from ear to ear. */
export function featherHeaddress(grid: HeadGrid, color: Color, random: RandomStream, traits: Traits): Part[] {
  const band = fitBand(grid, 7.9, 7.55, 0.04 + hairRoom(traits));
  const strap = createPiece();
  addGrid(strap, {
    columns: 48,
    rows: 3,
    closed: true,
    place: (u, v, out) => bandPoint(band, u, 1, 0.04 + 0.03 * Math.sin(Math.PI * v), 0.22 * (0.5 - v), out),
  });
  const feathers = createPiece();
  const count = 19;
  const root = [0, 0, 0];
  const longest = band.crownHeight + random.between(0.42, 0.58);
  for (let n = 0; n < count; n++) {
    const share = (2 * n) / (count - 1) - 1;
    const azimuth = share * 1.95;
    bandPoint(band, azimuth, 1, 0.05, 0, root);
    const middle = [...root];
    const fan = share * 1.35;
    const length = longest * (1 - 0.3 * share * share) * random.between(0.95, 1.04);
    const up = [Math.sin(fan), Math.cos(fan), -0.12];
    const across = [Math.cos(fan) * Math.cos(azimuth * 0.6), -Math.sin(fan), -Math.sin(azimuth * 0.6)];
    addGrid(feathers, {
      columns: 2,
      rows: 8,
      uRange: [-1, 1],
      flipped: true,
      place: (u, v, out) => {
        const wide = 0.15 * Math.min(1, v * 5) * Math.sqrt(Math.max(0, 1 - ((v - 0.55) / 0.46) ** 4)) + 0.012;
        for (let k = 0; k < 3; k++) out[k] = middle[k] + length * v * up[k] + u * wide * across[k];
        out[2] += -0.28 * v * v - 0.05 * (1 - u * u) + (n % 2) * 0.03;
        out[3] = n % 3 === 0 ? 0 : 1;
      },
    });
  }
  const dark: Color = [0.12, 0.09, 0.08];
  return [
    finishPiece('headdress band', strap, beaded(color)),
    finishPiece('feathers', feathers, byExtra(plume(WHITE, dark), plume(color, mixColor(color, BLACK, 0.7)))),
  ];
}

/** A feather with a shaft, barbs and a tip of another color. */
function plume(base: Color, tip: Color): Material {
  return {
    shade(point) {
      const u = placeU(point);
      const v = point.channels[CHANNEL.v];
      const barb = Math.sin((v * 60 - Math.abs(u) * 9) * 2);
      paint(point, v > 0.74 + 0.06 * Math.abs(u) ? tip : base, 0.93 + 0.07 * barb);
      if (Math.abs(u) < 0.1) paint(point, [0.75, 0.7, 0.58]);
      bend(point, 0, 0.25 * barb);
    },
  };
}

/** Leather with a zigzag of beads between two rows of them. */
function beaded(color: Color): Material {
  const leather = felt(mixColor(color, [0.5, 0.1, 0.05], 0.3));
  return {
    shade(point) {
      leather.shade(point);
      const zig = Math.abs(((((placeU(point) * 4) % 1) + 1) % 1) - 0.5) * 1.4 + 0.15;
      const v = point.channels[CHANNEL.v];
      if (Math.abs(v - zig) < 0.16) paint(point, [0.9, 0.85, 0.7]);
      else if (v < 0.1 || v > 0.9) paint(point, [0.15, 0.45, 0.6]);
      bendByNoise(point, 22, 0.4);
    },
  };
}
