import { blurImage } from './blur-image.ts';
import { subjectBox } from './canvas.ts';
import type { Spoiler } from './color-defects.ts';
import { smoothField } from './smooth-field.ts';

/** Half-formed: parts or all of the head are still a plain color, as early in an optimization. */
export const leaveUnfinished: Spoiler = (canvas, strength, random) => {
  const { image, size } = canvas;
  const box = subjectBox(canvas);
  const level = random.between(0.3, 0.7);
  const plain = [0, 1, 2].map((k) => {
    const choice = random.uniform();
    return choice < 0.5 ? level : choice < 0.8 ? box.mean[k] : random.uniform();
  });
  const share = 0.45 + 0.52 * strength;
  const partly = random.uniform() < 0.45;
  const cells = smoothField(size, random.integer(2, 5), 1, random);
  const smooth = blurImage(image, size, (size / 128) * (1 + 3 * strength));
  const out = new Float32Array(image.length);
  for (let p = 0; p < size * size; p++) {
    const here = partly ? share * clamp((cells[p] - 0.5) * 8 + 0.5) : share;
    for (let k = 0; k < 3; k++) out[p * 3 + k] = smooth[p * 3 + k] * (1 - here) + plain[k] * here;
    if (partly && here < 0.05) for (let k = 0; k < 3; k++) out[p * 3 + k] = image[p * 3 + k];
  }
  return out;
};

/** Bent and dripping: every pixel is taken from a place that a smooth field moves. */
export const melt: Spoiler = ({ image, size }, strength, random) => {
  const reach = size * (0.05 + 0.16 * strength);
  const field = smoothField(size, random.integer(3, 7), 2, random);
  const drip = random.uniform() < 0.4 ? size * 0.15 * strength : 0;
  const drops = smoothField(size, random.integer(5, 12), 1, random);
  const out = new Float32Array(image.length);
  for (let p = 0; p < size * size; p++) {
    const column = p % size;
    const row = (p - column) / size;
    const x = column + (field[p * 2] - 0.5) * 2 * reach;
    const y = row + (field[p * 2 + 1] - 0.5) * 2 * reach - drip * drops[p];
    sample(image, size, x, y, out, p * 3);
  }
  return out;
};

/** A second face beside or above the first: the middle of the head again, mirrored, somewhere else on it. */
export const addFace: Spoiler = (canvas, strength, random) => {
  const { image, size } = canvas;
  const { centerX, centerY, halfWidth, halfHeight } = subjectBox(canvas);
  const radius = Math.min(halfWidth, halfHeight) * random.between(0.5, 0.85);
  const angleRad = random.uniform() * 2 * Math.PI;
  const far = radius * (0.85 + 0.5 * strength);
  const shiftX = Math.cos(angleRad) * far;
  const shiftY = Math.sin(angleRad) * far * 0.5;
  const scale = random.between(0.75, 1.25);
  const mirrored = random.uniform() < 0.6 ? -1 : 1;
  const out = image.slice();
  const faceY = centerY - halfHeight * 0.08;
  for (let p = 0; p < size * size; p++) {
    const column = p % size;
    const x = column - centerX - shiftX;
    const y = (p - column) / size - faceY - shiftY;
    const edge = Math.hypot(x, y) / radius;
    if (edge >= 1) continue;
    const share = clamp((1 - edge) * 4);
    const face = [0, 0, 0];
    sample(image, size, centerX + (x * mirrored) / scale, faceY + y / scale, face, 0);
    for (let k = 0; k < 3; k++) out[p * 3 + k] = image[p * 3 + k] * (1 - share) + face[k] * share;
  }
  return out;
};

/** Writes the color at a place between pixels to `out[at …]`; outside, the edge goes on. */
function sample(
  image: Float32Array,
  size: number,
  x: number,
  y: number,
  out: Float32Array | number[],
  at: number,
): void {
  const cx = Math.min(size - 1, Math.max(0, x));
  const cy = Math.min(size - 1, Math.max(0, y));
  const left = Math.min(size - 2, Math.floor(cx));
  const top = Math.min(size - 2, Math.floor(cy));
  const u = cx - left;
  const v = cy - top;
  const corner = (top * size + left) * 3;
  for (let k = 0; k < 3; k++) {
    const above = image[corner + k] * (1 - u) + image[corner + 3 + k] * u;
    const below = image[corner + size * 3 + k] * (1 - u) + image[corner + size * 3 + 3 + k] * u;
    out[at + k] = above * (1 - v) + below * v;
  }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
