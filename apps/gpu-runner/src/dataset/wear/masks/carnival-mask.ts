import type { RandomStream } from '../../../tensor/random.ts';
import { valueNoise } from '../../noise.ts';
import type { Material, Part } from '../../part.ts';
import { addGrid } from '../add-grid.ts';
import { addStrap } from '../add-strap.ts';
import { type Color, GOLD, HEADWEAR_COLORS, scaleColor } from '../colors.ts';
import { facePlace } from '../face-place.ts';
import { faceShell } from '../face-shell.ts';
import type { HeadGrid } from '../head-grid.ts';
import { bend, byExtra, cloth, marked, paint, placeU } from '../materials.ts';
import { CHANNEL, createPiece, finishPiece } from '../piece.ts';
import { outsideEyes } from './mask-outline.ts';

/** A carnival mask: winged, glittering, edged with gold, often with feathers. */
export function carnivalMask(grid: HeadGrid, random: RandomStream): Part[] {
  const names = ['purple', 'red', 'blue', 'green', 'pink', 'black', 'white', 'gold'] as const;
  const color = HEADWEAR_COLORS[names[random.integer(0, names.length - 1)]];
  const second = HEADWEAR_COLORS[names[random.integer(0, names.length - 1)]];
  const top = (ax: number): number => 7.5 + 0.34 * (ax / 0.75) ** 2.2 + 0.06 * Math.exp(-((ax / 0.1) ** 2));
  const bottom = (ax: number): number => 7.05 + 0.36 * (ax / 0.75) ** 3 + 0.1 * Math.exp(-((ax / 0.09) ** 2));
  const shell = faceShell(grid, {
    halfWidth: 0.78,
    bottomY: 6.9,
    topY: 8.0,
    reach: 0.12,
    lift: (x) => 0.045 + 0.9 * Math.max(0, Math.abs(x) - 0.45) ** 2,
    field: (x, y) => {
      const ax = Math.abs(x);
      return Math.min(top(ax) - y, y - bottom(ax), 0.77 - ax, outsideEyes(x, y, 0.2, 0.12));
    },
    columns: 60,
    rows: 36,
  });
  const glitter = marked(cloth(color, 0), (point) => {
    const edge = point.channels[CHANNEL.extra];
    const x = placeU(point);
    const y = point.channels[CHANNEL.v];
    const swirl = Math.sin(
      9 * Math.hypot(Math.abs(x) - 0.5, y - 7.5) * 2 + 3 * Math.atan2(y - 7.5, Math.abs(x) - 0.5),
    );
    if (swirl > 0.55) paint(point, second);
    const sparkle = valueNoise(Math.floor(x * 60) * 1.7, Math.floor(y * 60) * 1.3, 2);
    point.gloss = 0.5;
    point.shininess = 30;
    if (sparkle > 0.55) paint(point, mixColorInto(color, sparkle));
    if (edge < 0.04) {
      paint(point, GOLD);
      point.metal = 0.8;
      point.gloss = 0.8;
      bend(point, 0, 0.5);
    }
  });
  const parts = [finishPiece('carnival mask', shell, glitter)];
  if (random.uniform() < 0.6) parts.push(carnivalFeathers(grid, color, second));
  const strap = createPiece();
  addStrap(strap, grid, {
    line: () => 7.45,
    width: 0.05,
    lift: 0.04,
    range: [0.9, 2 * Math.PI - 0.9],
    overEars: true,
  });
  parts.push(finishPiece('mask ribbon', strap, cloth(scaleColor(color, 0.6), 0)));
  return parts;
}

const mixed: [number, number, number] = [0, 0, 0];

function mixColorInto(color: Color, share: number): Color {
  for (let k = 0; k < 3; k++) mixed[k] = color[k] + (1 - color[k]) * 0.8 * share;
  return mixed;
}

/** Feathers that rise from the brow of a carnival mask. */
function carnivalFeathers(grid: HeadGrid, color: Color, second: Color): Part {
  const piece = createPiece();
  const root = [0, 0, 0];
  for (let n = 0; n < 9; n++) {
    const share = n / 4 - 1;
    facePlace(grid, share * 0.5, 7.56 + 0.1 * Math.abs(share), 0.05, root);
    const at = [...root];
    const length = 0.62 - 0.14 * Math.abs(share);
    addGrid(piece, {
      columns: 2,
      rows: 7,
      uRange: [-1, 1],
      flipped: true,
      place: (u, v, out) => {
        const wide = 0.085 * Math.sin(Math.PI * Math.min(1, v * 0.9 + 0.08)) ** 0.6;
        out[0] = at[0] + length * v * Math.sin(share * 0.9) + u * wide * Math.cos(share * 0.9);
        out[1] = at[1] + length * v * Math.cos(share * 0.9) - u * wide * Math.sin(share * 0.9);
        out[2] = at[2] + 0.1 * Math.sin(Math.PI * v) - 0.1 * v * v + (n % 2) * 0.02;
        out[3] = n % 2;
      },
    });
  }
  const feather = (base: Color): Material => ({
    shade(point) {
      const barb = Math.sin(90 * point.channels[CHANNEL.v] - 12 * Math.abs(placeU(point)));
      paint(point, base, 0.92 + 0.1 * barb);
      bend(point, 0, 0.25 * barb);
    },
  });
  return finishPiece('mask feathers', piece, byExtra(feather(color), feather(second)));
}
