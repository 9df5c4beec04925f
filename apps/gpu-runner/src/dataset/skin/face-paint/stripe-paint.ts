import type { RandomStream } from '../../../tensor/random.ts';
import { valueNoise } from '../../noise.ts';
import { faceAt, smoothStep } from '../regions.ts';
import type { Rgb } from '../skin-colors.ts';
import { paint, type SkinLayer } from '../skin-layer.ts';
import { createStroke, curve, type Stroke, type StrokeHit, strokesAt } from '../strokes.ts';
import { PAINTS } from './paint-colors.ts';

/** 1 between `low` and `high`, with edges `soft` wide. */
function band(value: number, low: number, high: number, soft: number): number {
  return smoothStep(value, low - soft, low + soft) * smoothStep(value, high + soft, high - soft);
}

/** Broad finger strokes over the cheeks, and one across the nose or the forehead. */
export function warPaint(random: RandomStream): SkinLayer {
  const pairs: readonly (readonly [Rgb, Rgb])[] = [
    [PAINTS.red, PAINTS.black],
    [PAINTS.white, PAINTS.red],
    [PAINTS.blue, PAINTS.white],
    [PAINTS.black, PAINTS.white],
    [PAINTS.red, PAINTS.yellow],
  ];
  const [first, second] = pairs[random.integer(0, pairs.length - 1)];
  const acrossEyes = random.uniform() < 0.4;
  return (point, x, y, z) => {
    if (y < 6.7 || y > 7.9 || z < 0.55) return;
    const side = Math.abs(x);
    const rough = 0.02 * valueNoise(x * 14, y * 40, z * 14);
    const slope = y + 0.1 * (side - 0.4) + rough;
    const cheek = band(side + rough, 0.2, 0.68, 0.02);
    paint(point, first, 0.94 * cheek * band(slope, 7.03, 7.12, 0.012));
    paint(point, second, 0.94 * cheek * band(slope, 6.89, 6.97, 0.012));
    paint(point, first, 0.94 * cheek * band(slope, 6.77, 6.83, 0.012));
    if (acrossEyes) paint(point, second, 0.94 * band(y + rough, 7.2, 7.4, 0.015) * smoothStep(z, 0.6, 0.75));
    else paint(point, first, 0.94 * band(y + rough, 7.68, 7.77, 0.012) * band(side, -1, 0.5, 0.03));
  };
}

/** A tiger: orange face, white muzzle and brows, black tapering stripes and nose. */
export function tigerPaint(random: RandomStream): SkinLayer {
  const strokes: Stroke[] = [];
  for (let i = 0; i < 4; i++) {
    const y = 6.5 + i * 0.17 + random.between(-0.015, 0.015);
    strokes.push(createStroke(curve([0.74, y + 0.05], [0.56, y + 0.05], [0.34 + 0.03 * i, y - 0.05]), 0.04));
  }
  for (let i = 0; i < 3; i++) {
    const y = 7.62 + i * 0.15;
    strokes.push(createStroke(curve([0.02, y + 0.02], [0.14, y + 0.02], [0.3 - 0.05 * i, y + 0.1]), 0.036));
    strokes.push(createStroke(curve([0.66, y - 0.1], [0.52, y - 0.04], [0.42, y + 0.05]), 0.036));
  }
  strokes.push(createStroke(curve([0.16, 6.79], [0.3, 6.76], [0.46, 6.8]), 0.012));
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  return (point, x, y, z) => {
    if (y < 6.12 || y > 8.05 || z < 0.3) return;
    const face = faceAt(x, y, z);
    paint(point, PAINTS.orange, 0.93 * face);
    const side = Math.abs(x);
    const muzzle = Math.exp(-(((side - 0.12) / 0.2) ** 4) - ((y - 6.68) / 0.17) ** 4);
    const brow = Math.exp(-(((side - 0.3) / 0.19) ** 4) - ((y - 7.47) / 0.09) ** 4);
    const white = Math.max(muzzle, brow) * smoothStep(z, 1.0, 1.2);
    const lips = 1 - smoothStep(point.channels[3], 0.3, 0.6);
    paint(point, PAINTS.white, 0.95 * white * lips);
    strokesAt(strokes, x, y, 1, hit);
    paint(point, PAINTS.black, 0.95 * hit.coverage * face);
    paint(point, PAINTS.black, 0.95 * noseTip(x, y, z));
  };
}

function noseTip(x: number, y: number, z: number): number {
  return (
    smoothStep(Math.exp(-((x / 0.13) ** 2) - ((y - 6.93) / 0.09) ** 2), 0.4, 0.55) * smoothStep(z, 1.45, 1.55)
  );
}

/** A cat's whiskers, black nose and the line down to the lip. */
export function whiskerPaint(): SkinLayer {
  const strokes = [
    createStroke(curve([0.2, 6.9], [0.42, 6.98], [0.66, 6.99]), 0.017),
    createStroke(curve([0.2, 6.84], [0.42, 6.87], [0.68, 6.83]), 0.017),
    createStroke(curve([0.21, 6.78], [0.42, 6.76], [0.64, 6.67]), 0.017),
    createStroke([0, 6.72, 0, 6.84], 0.016, 'both', 0),
  ];
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  return (point, x, y, z) => {
    if (y < 6.55 || y > 7.1 || z < 0.6) return;
    strokesAt(strokes, x, y, 1, hit);
    paint(point, PAINTS.black, 0.95 * Math.max(hit.coverage, noseTip(x, y, z)));
  };
}

/** One half of the face white, the other bare or black. */
export function halfWhitePaint(random: RandomStream): SkinLayer {
  const side = random.uniform() < 0.5 ? 1 : -1;
  const other = random.uniform() < 0.4;
  return (point, x, y, z) => {
    const face = faceAt(x, y, z);
    const edge = side * x + 0.008 * valueNoise(3, y * 25, z * 25);
    const lips = 1 - 0.75 * smoothStep(point.channels[3], 0.3, 0.6);
    paint(point, PAINTS.white, 0.95 * face * lips * smoothStep(edge, -0.006, 0.006));
    if (other) paint(point, PAINTS.black, 0.93 * face * smoothStep(edge, 0.006, -0.006));
  };
}

/** A supporter's flags: three upright bars in the colors of a team on each cheek. */
export function footballPaint(random: RandomStream): SkinLayer {
  const teams: readonly (readonly [Rgb, Rgb, Rgb])[] = [
    [PAINTS.blue, PAINTS.white, PAINTS.red],
    [PAINTS.green, PAINTS.white, PAINTS.red],
    [PAINTS.black, PAINTS.red, PAINTS.yellow],
    [PAINTS.blue, PAINTS.yellow, PAINTS.blue],
    [PAINTS.red, PAINTS.white, PAINTS.red],
  ];
  const colors = teams[random.integer(0, teams.length - 1)];
  return (point, x, y, z) => {
    const side = Math.abs(x);
    if (y < 6.76 || y > 7.14 || side < 0.2 || side > 0.62 || z < 0.6) return;
    const patch =
      band(y + 0.012 * valueNoise(x * 20, 5, z * 20), 6.8, 7.1, 0.01) * band(side, 0.23, 0.59, 0.01);
    const across = Math.min(2, Math.max(0, Math.floor(((side - 0.23) / 0.36) * 3)));
    paint(point, colors[across], 0.95 * patch);
  };
}

/** An arch of colors over forehead and temples, and the cheeks under it white clouds. */
export function rainbowPaint(): SkinLayer {
  const arch: readonly Rgb[] = [
    PAINTS.purple,
    PAINTS.blue,
    PAINTS.green,
    PAINTS.yellow,
    PAINTS.orange,
    PAINTS.red,
  ];
  return (point, x, y, z) => {
    if (z < 0.3 || y < 6.6) return;
    const side = Math.abs(x);
    const dy = y - 7.14;
    const radius = Math.sqrt(x * x * 1.15 + dy * dy) + 0.008 * valueNoise(x * 12, y * 12, z * 12);
    if (dy > -0.05) {
      const ring = (radius - 0.46) / 0.06;
      const inside = smoothStep(ring, -0.1, 0.1) * smoothStep(ring, 6.1, 5.9) * smoothStep(dy, -0.05, 0);
      paint(point, arch[Math.min(5, Math.max(0, Math.floor(ring)))], 0.94 * inside);
    }
    const puffs = Math.max(
      Math.exp(-(((side - 0.5) / 0.11) ** 2) - ((y - 7.0) / 0.09) ** 2),
      Math.exp(-(((side - 0.6) / 0.11) ** 2) - ((y - 7.07) / 0.1) ** 2),
      Math.exp(-(((side - 0.4) / 0.09) ** 2) - ((y - 6.97) / 0.07) ** 2),
    );
    paint(point, PAINTS.white, 0.95 * smoothStep(puffs, 0.4, 0.5) * smoothStep(z, 0.55, 0.7));
  };
}
