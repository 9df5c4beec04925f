/**
 * Where on a head hair, beards and brows grow, as continuous functions of the rest position (head-form.ts), in [0, 1].
 *
 * They know nothing of the masks: lips and ears must be taken out by the caller where they matter.
 */

/** Height of the hairline over depth: nape, behind the ear, over it, sideburn, temple, forehead. */
const HAIRLINE_Z = [-0.7, -0.2, 0.18, 0.36, 0.5, 0.66, 0.78, 0.9, 1.04, 1.2, 1.42];
const HAIRLINE_Y = [6.55, 6.62, 6.82, 7.22, 7.36, 7.22, 7.34, 7.6, 7.86, 7.97, 8.02];

/** Upper border of the beard over depth: ear, cheek, corner of the mouth, below the lower lip. */
const BEARD_Z = [0.45, 0.7, 0.95, 1.2, 1.4, 1.6];
const BEARD_Y = [7.12, 7.02, 6.82, 6.68, 6.64, 6.62];

/** Hermite step from 0 at `from` to 1 at `to`; falls where `to` is smaller. */
export function smoothStep(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Linear interpolation in a table with ascending `xs`, constant beyond its ends. */
function tableAt(x: number, xs: readonly number[], ys: readonly number[]): number {
  let x0 = xs[0];
  let y0 = ys[0];
  if (x <= x0) return y0;
  for (let i = 1; i < xs.length; i++) {
    const x1 = xs[i];
    const y1 = ys[i];
    if (x < x1) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    x0 = x1;
    y0 = y1;
  }
  return y0;
}

/** Height of the hairline at a rest depth; `recession` in [0, 1] draws it back over the temples and the forehead. */
function hairlineAt(x: number, z: number, recession = 0): number {
  const side = Math.abs(x);
  const line = tableAt(z, HAIRLINE_Z, HAIRLINE_Y);
  // A small peak in the middle of the forehead, and the bays left and right of it that a receding hairline deepens.
  const forehead = smoothStep(z, 0.85, 1.1);
  const bay = Math.exp(-(((side - 0.42) / 0.17) ** 2));
  return line + forehead * ((0.03 + 0.3 * recession) * bay + 0.2 * recession);
}

/** Hair-bearing skin of the skull. */
export function scalpAt(x: number, y: number, z: number, recession = 0): number {
  return smoothStep(y - hairlineAt(x, z, recession), -0.03, 0.07) * (1 - earAt(x, y, z));
}

/** The outer ear. */
export function earAt(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  // The ear stands out from the skull, which at its root is about 0.7 wide and narrows downwards.
  const root = 0.655 + 0.13 * smoothStep(y, 6.85, 7.3);
  return (
    smoothStep(side, root, root + 0.05) *
    smoothStep(z, 0.28, 0.36) *
    smoothStep(z, 0.74, 0.68) *
    smoothStep(y, 6.76, 6.84) *
    smoothStep(y, 7.42, 7.34)
  );
}

/** Full beard: cheeks, jaw, chin and upper neck; without the mustache. */
export function beardAt(x: number, y: number, z: number): number {
  const top = tableAt(z, BEARD_Z, BEARD_Y);
  // The neck is free below a line that rises backwards from under the chin.
  const bottom = 5.93 + 0.45 * smoothStep(z, 1.1, 0.55);
  return (
    smoothStep(top - y, -0.03, 0.07) *
    smoothStep(y, bottom, bottom + 0.16) *
    smoothStep(z, 0.5, 0.66) *
    (1 - earAt(x, y, z)) *
    (1 - mouthAt(x, y, z))
  );
}

/** The upper lip's skin between nose and mouth. */
export function mustacheAt(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const bottom = 6.705 - 1.1 * x * x;
  const top = 6.825 - 0.65 * x * x - 0.1 * smoothStep(side, 0.2, 0.34);
  return (
    smoothStep(y, bottom - 0.015, bottom + 0.02) *
    smoothStep(y, top + 0.015, top - 0.025) *
    smoothStep(side, 0.37, 0.29) *
    smoothStep(z, 1.22, 1.34)
  );
}

/** Strip in front of the ear, from the temple down to the jaw. */
export function sideburnsAt(x: number, y: number, z: number): number {
  const front = 0.92 - 0.06 * smoothStep(y, 7.3, 6.9);
  return (
    smoothStep(z, 0.6, 0.68) *
    smoothStep(z, front + 0.05, front - 0.04) *
    smoothStep(y, 6.78, 6.88) *
    smoothStep(y, 7.55, 7.42) *
    (1 - earAt(x, y, z))
  );
}

/** Average eyebrow; `weight` 1 is normal, more is bushier, less is thinner. */
export function browAt(x: number, y: number, z: number, weight = 1): number {
  const out = Math.abs(x) - 0.308;
  const half = browHalfHeight(out) * weight;
  if (half <= 0) return 0;
  const off = (y - browCenterY(out)) / half;
  return (
    Math.exp(-(off ** 4)) *
    smoothStep(out, -0.2, -0.15) *
    smoothStep(out, 0.25, 0.19) *
    smoothStep(z, 0.95, 1.05)
  );
}

/** Height of the brow's middle line, `out` from the eye's center toward the temple. */
function browCenterY(out: number): number {
  return 7.284 + 0.222 + 0.036 * Math.cos((out - 0.05) * 7) - 0.012 * smoothStep(-out, 0.05, 0.2);
}

/** Half the brow's height: full at the nose, tapering outwards. */
function browHalfHeight(out: number): number {
  return 0.042 * (1 - 0.55 * smoothStep(out, 0.0, 0.24)) * smoothStep(out, -0.24, -0.13);
}

/** The face as a mask would cover it: in front of the ears, from the hairline to the jaw. */
export function faceAt(x: number, y: number, z: number): number {
  // The jaw's edge rises backwards.
  const jaw = 6.13 + 0.42 * smoothStep(z, 1.25, 0.65);
  return (
    smoothStep(z, 0.66, 0.78) *
    smoothStep(y, jaw - 0.03, jaw + 0.05) *
    smoothStep(y - hairlineAt(x, z), 0.03, -0.03)
  );
}

/** The red of the lips, closed, a little generous. */
function mouthAt(x: number, y: number, z: number): number {
  const half = 0.27;
  const across = Math.min(1, Math.abs(x) / half);
  const top = 6.61 + 0.1 * (1 - across * across);
  const bottom = 6.61 - 0.12 * (1 - across * across);
  return (
    smoothStep(y, bottom - 0.02, bottom + 0.01) *
    smoothStep(y, top + 0.02, top - 0.01) *
    smoothStep(Math.abs(x), half + 0.02, half - 0.02) *
    smoothStep(z, 1.2, 1.3)
  );
}
