import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import { smoothStep } from './regions.ts';
import type { Rgb } from './skin-colors.ts';
import { darken, lean, paint, type SkinLayer } from './skin-layer.ts';
import { createStroke, curve, type Stroke, type StrokeHit, strokesAt } from './strokes.ts';

/** Metal plates: dark seams with bright bevels, rivets, dark eye rims, a slotted mouth, scratches. */
export function robotLayer(random: RandomStream): SkinLayer {
  const accents: readonly Rgb[] = [
    [0.72, 0.74, 0.78],
    [0.8, 0.25, 0.12],
    [0.16, 0.4, 0.75],
    [0.85, 0.68, 0.15],
    [0.3, 0.32, 0.36],
  ];
  const accent = accents[random.integer(0, accents.length - 1)];
  const seams = faceSeams();
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  const dark: Rgb = [0.05, 0.055, 0.065];
  return (point, x, y, z) => {
    const side = Math.abs(x);
    // (1) Plates: brow and cheeks in a second color, brushed and scratched.
    const plate = smoothStep(y, 7.585, 7.6) * smoothStep(side, 0.44, 0.42) * smoothStep(z, 0.95, 1.0);
    const cheek =
      smoothStep(side, 0.4, 0.42) *
      smoothStep(y, 7.08, 7.06) *
      smoothStep(y, 6.5, 6.53) *
      smoothStep(z, 0.5, 0.55);
    paint(point, accent, 0.85 * Math.max(plate, cheek));
    darken(point, 0.9, 0.5 + 0.5 * valueNoise(x * 4, y * 60, z * 4));
    // (2) Seams of the face as seen from the front, and rings around the skull behind it.
    strokesAt(seams, x, y, 0.8, hit);
    let seam = hit.coverage * smoothStep(z, 0.5, 0.6);
    const ring = Math.min(Math.abs(z - 0.55), Math.abs(z + 0.05)) / 0.02;
    seam = Math.max(seam, smoothStep(ring, 1.2, 0.8) * smoothStep(y, 6.4, 6.5));
    const middle =
      smoothStep(side, 0.022, 0.014) * Math.max(smoothStep(y, 7.9, 7.95), smoothStep(z, 0.5, 0.4));
    seam = Math.max(seam, middle);
    paint(point, dark, 0.92 * seam);
    point.gloss *= 1 - 0.8 * seam;
    lean(point, 0.02 * hit.slopeX, 0.02 * hit.slopeY);
    // (3) Rivets along the rings, rims of the eyes, slots of the mouth.
    const step = 0.17;
    const off = y - step * Math.round(y / step);
    const rivet = Math.sqrt(off * off + (z - 0.63) ** 2) / 0.028;
    paint(point, [0.9, 0.91, 0.93], 0.8 * smoothStep(rivet, 1, 0.7));
    darken(point, 0.5, smoothStep(Math.abs(rivet - 1.15), 0.2, 0.05));
    const eye = Math.sqrt(((side - 0.31) / 0.185) ** 2 + ((y - 7.285) / 0.115) ** 2);
    const rim = smoothStep(eye, 1.05, 0.95) * smoothStep(z, 0.9, 1.05);
    paint(point, dark, 0.95 * rim);
    const slot = Math.abs(side / 0.075 - Math.round(side / 0.075)) * 0.075;
    const grill =
      smoothStep(y, 6.47, 6.49) *
      smoothStep(y, 6.74, 6.72) *
      smoothStep(side, 0.31, 0.29) *
      smoothStep(z, 1.0, 1.15);
    paint(point, dark, 0.92 * grill * smoothStep(slot, 0.03, 0.02));
  };
}

function faceSeams(): Stroke[] {
  return [
    createStroke(curve([0.0, 7.6], [0.3, 7.62], [0.62, 7.56]), 0.014, 'both', 0),
    createStroke([0.43, 7.6, 0.44, 8.35], 0.014, 'both', 0),
    createStroke(curve([0.2, 7.05], [0.4, 7.12], [0.72, 7.06]), 0.014, 'both', 0),
    createStroke([0.2, 7.05, 0.16, 7.5], 0.012, 'both', 0),
    createStroke(curve([0.4, 7.08], [0.42, 6.8], [0.36, 6.1]), 0.014, 'both', 0),
    createStroke(curve([0.0, 6.36], [0.2, 6.38], [0.38, 6.5]), 0.014, 'both', 0),
    createStroke([0.38, 6.5, 0.74, 6.6], 0.014, 'both', 0),
    createStroke([0.0, 6.36, 0.0, 6.1], 0.012, 'both', 0),
    createStroke(curve([0.0, 6.02], [0.4, 6.05], [0.7, 6.2]), 0.014, 'both', 0),
    createStroke(curve([0.0, 5.88], [0.4, 5.9], [0.7, 6.0]), 0.014, 'both', 0),
  ];
}
