import type { RandomStream } from '../../tensor/random.ts';
import { fractalNoise, valueNoise } from '../noise.ts';
import type { Traits } from '../traits.ts';
import { smoothStep } from './regions.ts';
import { mixRgb, type Rgb, type SkinColors } from './skin-colors.ts';
import { lean, paint, type SkinLayer } from './skin-layer.ts';
import { acneLayer, frecklesLayer, moleLayer } from './spot-layers.ts';
import { createStroke, curve, type Stroke, type StrokeHit, strokesAt } from './strokes.ts';

/** What life has left on a skin; null for none (wrinkles are drawn with the lines of age). */
export function markLayer(traits: Traits, colors: SkinColors, random: RandomStream): SkinLayer | null {
  switch (traits.mark) {
    case 'scar':
      return scarLayer(colors, random);
    case 'freckles':
      return frecklesLayer(colors, random);
    case 'mole':
      return moleLayer(colors, random);
    case 'tattoo':
      return tattooLayer(random);
    case 'burns':
      return burnsLayer(colors, random);
    case 'acne':
      return acneLayer(colors, random);
    default:
      return null;
  }
}

/** A long cut over eye and cheek, or over the cheek alone, with or without stitches. */
function scarLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const side = random.uniform() < 0.5 ? 1 : -1;
  const overEye = random.uniform() < 0.65;
  const path: number[] = overEye
    ? curve([0.25, 7.78], [0.36, 7.3], [0.4, 6.72], 9)
    : curve([0.62, 7.08], [0.42, 6.86], [0.28, 6.78], 8);
  const strokes: Stroke[] = [createStroke(path, random.between(0.026, 0.036), 'one', 0.5)];
  if (random.uniform() < 0.5) {
    for (let i = 2; i < path.length - 3; i += 2) {
      const dx = path[i + 2] - path[i];
      const dy = path[i + 3] - path[i + 1];
      const scale = 0.075 / Math.sqrt(dx * dx + dy * dy);
      const across = [
        path[i] - dy * scale,
        path[i + 1] + dx * scale,
        path[i] + dy * scale,
        path[i + 1] - dx * scale,
      ];
      strokes.push(createStroke(across, 0.012, 'one', 0.3));
    }
  }
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  const dark = colors.skin[0] < 0.55;
  const color: Rgb = dark
    ? mixRgb(colors.skin, [0.85, 0.55, 0.5], 0.6)
    : mixRgb(colors.skin, [0.7, 0.2, 0.2], 0.75);
  return (point, x, y, z) => {
    if (z < 0.6) return;
    const waver = 0.014 * valueNoise(x * 7, y * 7, 4.5);
    strokesAt(strokes, side * x + waver, y, 0.6, hit);
    if (hit.coverage <= 0.01) return;
    paint(point, color, hit.coverage * 0.92);
    lean(point, side * hit.slopeX * 0.012, hit.slopeY * 0.012);
    point.gloss = Math.max(point.gloss, 0.28 * hit.coverage);
  };
}

/** Blue-black tribal hooks around one eye and down the cheek, or symmetrical lines on forehead and chin. */
function tattooLayer(random: RandomStream): SkinLayer {
  const side = random.uniform() < 0.5 ? 1 : -1;
  const halves = random.uniform() < 0.45;
  const where = halves ? 'both' : 'one';
  const strokes = (
    halves
      ? [
          curve([0.06, 7.62], [0.3, 7.75], [0.42, 7.98], 8),
          curve([0.05, 7.72], [0.2, 7.82], [0.26, 8.02], 8),
          curve([0.22, 6.98], [0.5, 6.98], [0.6, 7.22], 8),
          curve([0.26, 6.88], [0.52, 6.84], [0.66, 7.02], 8),
          curve([0.06, 6.44], [0.16, 6.36], [0.1, 6.22], 8),
          curve([0.3, 6.74], [0.5, 6.68], [0.58, 6.8], 8),
        ]
      : [
          curve([0.4, 7.62], [0.66, 7.5], [0.52, 7.22], 10),
          curve([0.5, 7.78], [0.8, 7.5], [0.56, 7.1], 10),
          curve([0.56, 7.12], [0.3, 7.04], [0.42, 6.9], 10),
          curve([0.6, 7.2], [0.72, 6.9], [0.46, 6.76], 10),
          curve([0.46, 6.76], [0.34, 6.66], [0.48, 6.5], 10),
          curve([0.3, 7.72], [0.42, 7.9], [0.34, 8.02], 10),
          curve([0.58, 6.86], [0.62, 6.6], [0.44, 6.4], 10),
        ]
  ).map((path) => createStroke(path, 0.034, where, 0.85));
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  const ink: Rgb = [0.07, 0.1, 0.16];
  return (point, x, y, z) => {
    if (z < 0.4) return;
    strokesAt(strokes, side * x, y, 1, hit);
    paint(point, ink, hit.coverage * 0.88);
  };
}

/** A large burn over one side of the face: raw, uneven, shiny. */
function burnsLayer(colors: SkinColors, random: RandomStream): SkinLayer {
  const side = random.uniform() < 0.5 ? 1 : -1;
  const middleY = random.between(6.85, 7.3);
  const shift = random.between(0, 60);
  const raw = mixRgb(colors.skin, [0.6, 0.16, 0.13], 0.7);
  const charred = mixRgb(colors.skin, [0.2, 0.07, 0.05], 0.8);
  const healed = mixRgb(colors.skin, [0.95, 0.62, 0.55], 0.6);
  return (point, x, y, z) => {
    if (z < 0.1) return;
    const dx = (side * x - 0.48) / 0.42;
    const dy = (y - middleY) / 0.62;
    const edge = Math.sqrt(dx * dx + dy * dy) + 0.42 * fractalNoise(x * 4 + shift, y * 4, z * 4, 2);
    const share = smoothStep(edge, 1, 0.72);
    if (share <= 0) return;
    const rough = fractalNoise(x * 7 + shift + z * 3, y * 7 - x * 3, z * 7 + y * 3, 2);
    const ropes = valueNoise(x * 19 + shift + y * 8, y * 12 - x * 9, z * 19);
    paint(point, raw, share * 0.9);
    paint(point, charred, share * smoothStep(rough, 0.08, 0.4) * 0.7);
    paint(point, healed, share * smoothStep(rough, -0.15, -0.5) * 0.8);
    lean(point, 0.4 * ropes * share, 0.45 * rough * share);
    point.gloss = Math.max(point.gloss, 0.35 * share);
  };
}
