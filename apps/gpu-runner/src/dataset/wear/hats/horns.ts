import type { RandomStream } from '../../../tensor/random.ts';
import type { Part, ShadingPoint } from '../../part.ts';
import { addTube } from '../add-tube.ts';
import { type Color, mixColor } from '../colors.ts';
import { fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';

/** A pair of curved horns, ridged around, growing out of the skull. */
export function horns(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.95, 7.6, 0);
  const piece = createPiece();
  const rise = random.between(0.75, 1.05);
  const spread = random.between(0.35, 0.75);
  const curl = random.between(-0.35, 0.45);
  for (const side of [-1, 1]) {
    addTube(piece, {
      path: (t, out) => {
        const bow = Math.sin(t * 2.2);
        const x = side * (0.4 + spread * bow - curl * t * t);
        const y = band.crownHeight * 0.74 + rise * t;
        const z = 0.3 - 0.45 * t * t;
        for (let k = 0; k < 3; k++) out[k] = band.center[k] + x * band.right[k] + z * band.forward[k];
        out[1] += y - 0.16;
      },
      radius: (t) => 0.17 * (1 - t) ** 0.75 + 0.008,
      segments: 22,
      sides: 10,
    });
  }
  const bone = mixColor(color, [0.3, 0.25, 0.2], 0.25);
  const ridged = {
    shade(point: ShadingPoint) {
      const t = point.channels[CHANNEL.v];
      const ring = Math.sin(t * 70);
      bend(point, 0, 0.35 * ring * (1 - t));
      paint(point, mixColorInto(bone, t), 0.9 + 0.12 * ring * (1 - t));
      point.gloss = 0.3;
    },
  };
  return [finishPiece('horns', piece, ridged)];
}

const mixed: [number, number, number] = [0, 0, 0];

function mixColorInto(base: Color, t: number): Color {
  for (let k = 0; k < 3; k++) mixed[k] = base[k] * (1 - 0.55 * t) + 0.02 * t;
  return mixed;
}
