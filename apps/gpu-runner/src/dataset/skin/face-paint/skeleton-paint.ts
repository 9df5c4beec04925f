import { faceAt, smoothStep } from '../regions.ts';
import { paint, type SkinLayer } from '../skin-layer.ts';
import { PAINTS } from './paint-colors.ts';

/** How much of a skull's black hollows (sockets, nose, cheeks, temples, gaps of the teeth) a place has, in [0, 1]. */
export function skullHollows(x: number, y: number, z: number): number {
  if (z < 0.6) return 0;
  const frontal = smoothStep(z, 0.72, 0.92);
  const side = Math.abs(x);
  const socket = Math.sqrt(((side - 0.31) / 0.2) ** 2 + ((y - 7.29 + 0.1 * (side - 0.3)) / 0.185) ** 2);
  const eye = smoothStep(socket, 1.08, 0.92) * smoothStep(z, 0.8, 1.0);
  // An upturned heart: two lobes below, one peak above.
  const height = (y - 6.84) / 0.3;
  const nose =
    smoothStep(side, 0.125 * (1 - 0.8 * height) + 0.012, 0.125 * (1 - 0.8 * height) - 0.012) *
    smoothStep(height, -0.12 + side, 0.0 + side) *
    smoothStep(height, 1.0, 0.9) *
    smoothStep(z, 1.2, 1.3);
  const cheek =
    smoothStep(
      Math.sqrt(((side - 0.6) / 0.12) ** 2 + ((y - 6.78 - 0.5 * (side - 0.6)) / 0.17) ** 2),
      1.06,
      0.9,
    ) *
    0.95 *
    frontal;
  const temple =
    smoothStep(Math.sqrt(((side - 0.72) / 0.1) ** 2 + ((y - 7.55) / 0.16) ** 2), 1.06, 0.88) * 0.85 * frontal;
  return Math.max(eye, nose, cheek, temple, teethGaps(side, y, z));
}

/** The rows of teeth over the mouth: 1 on the lines between them. */
function teethGaps(side: number, y: number, z: number): number {
  const rows =
    smoothStep(y, 6.4, 6.43) *
    smoothStep(y, 6.82, 6.79) *
    smoothStep(side, 0.4, 0.36) *
    smoothStep(z, 0.9, 1.1);
  if (rows <= 0) return 0;
  const phase = side / 0.075 + 0.5;
  const off = Math.abs(phase - Math.round(phase)) * 0.075;
  const upright = smoothStep(off, 0.014, 0.006);
  const bite = smoothStep(Math.abs(y - 6.606), 0.024, 0.012);
  return rows * Math.max(upright, bite);
}

/** Whether a place lies on the teeth of a skull, in [0, 1]. */
export function skullTeeth(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  return (
    smoothStep(y, 6.4, 6.43) *
    smoothStep(y, 6.82, 6.79) *
    smoothStep(side, 0.4, 0.36) *
    smoothStep(z, 0.9, 1.1)
  );
}

/** A skull painted on a face: white bone, black hollows. */
export function skeletonPaint(strength: number): SkinLayer {
  return (point, x, y, z) => {
    const face = faceAt(x, y, z) * strength;
    if (face <= 0) return;
    paint(point, PAINTS.white, face);
    paint(point, PAINTS.black, face * skullHollows(x, y, z));
  };
}
