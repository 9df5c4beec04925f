import type { RandomStream } from '../../../tensor/random.ts';
import { fractalNoise } from '../../noise.ts';
import type { Material, Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import { addTube } from '../add-tube.ts';
import { type Color, mixColor, scaleColor } from '../colors.ts';
import { earBox } from '../ear-box.ts';
import { bandPoint, bandReach, fitBand } from '../fit-band.ts';
import type { HeadGrid } from '../head-grid.ts';
import { leather, paint } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece, type Piece } from '../piece.ts';

/** Adds a strap from in front of both ears down around the chin. */
function addChinStrap(piece: Piece, grid: HeadGrid, extra: number): void {
  const { places } = grid.form;
  const ears = earBox(grid.form);
  addTube(piece, {
    path: (t, out) => {
      const angle = Math.PI * t;
      const drop = Math.sin(angle) ** 0.7;
      out[0] = Math.cos(angle) * (ears.center[0] * (1 - 0.28 * drop) + 0.05);
      out[1] = ears.center[1] + 0.15 - (ears.center[1] + 0.2 - places.chin[1]) * drop;
      out[2] = ears.center[2] + 0.3 + (places.chin[2] - ears.center[2] - 0.42) * drop;
    },
    extra,
    radius: () => 0.03,
    stretch: 1.6,
    segments: 24,
    sides: 6,
  });
}

/** A soldier's helmet: a steel bowl that comes low at the sides and back, plain or camouflaged, with a chin strap. */
export function soldierHelmet(grid: HeadGrid, color: Color, random: RandomStream): Part[] {
  const band = fitBand(grid, 7.78, 7.35, 0.08);
  const piece = createPiece();
  const top = band.crownHeight + 0.17;
  const guard = random.between(0.24, 0.42);
  for (const inner of [0, 0.05]) {
    addGrid(piece, {
      columns: 48,
      rows: 16,
      closed: true,
      place: (u, v, out) => {
        const angle = (Math.PI / 2) * Math.min(1, v / 0.8);
        const low = Math.max(0, v - 0.8) / 0.2;
        const behind = 0.5 - 0.5 * Math.cos(u);
        const height = top * Math.cos(angle) - low * (0.06 + guard * Math.min(1, behind * 2.2));
        const reach = Math.max(Math.sin(angle) ** 0.75, bandReach(band, height) * Math.min(1, v * 6));
        const flare = 0.13 * Math.min(1, 3 * v) + low * low * 0.1;
        bandPoint(band, u, Math.min(1, reach), flare - inner, height - inner, out);
      },
    });
  }
  const straps = createPiece();
  addChinStrap(straps, grid, 0);
  const camouflaged = random.uniform() < 0.5;
  const dull = mixColor(color, [0.32, 0.34, 0.22], 0.18);
  const patches: readonly Color[] = [
    scaleColor(dull, 0.5),
    mixColor(dull, [0.72, 0.64, 0.45], 0.55),
    mixColor(dull, [0.2, 0.14, 0.08], 0.6),
  ];
  const shell: Material = {
    shade(point) {
      const dent = fractalNoise(point.x * 4, point.y * 4, point.z * 4, 2);
      paint(point, dull, 0.95 + 0.1 * dent);
      if (camouflaged) {
        for (let n = 0; n < 3; n++) {
          const blot = fractalNoise(point.x * 2.6 + 9 * n, point.y * 2.6, point.z * 2.6 - 5 * n, 2);
          if (blot > 0.12) paint(point, patches[n]);
        }
      }
      const rim = point.channels[CHANNEL.v];
      if (rim > 0.96) paint(point, dull, 0.6);
      point.gloss = 0.12;
      point.shininess = 14;
    },
  };
  return [
    finishPiece('soldier helmet', piece, shell),
    finishPiece('chin strap', straps, leather([0.3, 0.24, 0.16])),
  ];
}
