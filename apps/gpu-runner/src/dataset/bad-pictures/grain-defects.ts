import { blurImage } from './blur-image.ts';
import type { Spoiler } from './color-defects.ts';
import { smoothField } from './smooth-field.ts';

/** Out of focus. */
export const blur: Spoiler = ({ image, size }, strength) =>
  blurImage(image, size, (size / 128) * (0.9 + 4.6 * strength));

/** Independent noise, colored or gray, in grains of one or two pixels. */
export const addNoise: Spoiler = ({ image, size }, strength, random) => {
  const sigma = 0.05 + 0.35 * strength * strength + 0.05 * strength;
  const gray = random.uniform() < 0.3;
  const grain = random.uniform() < 0.6 ? 1 : 2;
  const across = Math.ceil(size / grain);
  const noise = random.normals(across * across * 3);
  const out = new Float32Array(image.length);
  for (let p = 0, i = 0; p < size * size; p++) {
    const cell = Math.floor(p / size / grain) * across + Math.floor((p % size) / grain);
    for (let k = 0; k < 3; k++, i++) out[i] = image[i] + sigma * noise[cell * 3 + (gray ? 0 : k)];
  }
  return out;
};

/** A texture of fine soft noise in place of the surface's own. */
export const noiseTexture: Spoiler = ({ image, size }, strength, random) => {
  const share = 0.3 + 0.65 * strength;
  const cells = Math.round(size / random.between(2.5, 7));
  const texture = smoothField(size, cells, 3, random);
  const out = new Float32Array(image.length);
  for (let i = 0; i < out.length; i++) {
    const wild = (texture[i] - 0.5) * 1.6 + 0.5;
    out[i] = image[i] * (1 - share) + wild * share;
  }
  return out;
};

/** Small dots of other colors, light, dark or garish. */
export const speckle: Spoiler = ({ image, size }, strength, random) => {
  const out = image.slice();
  const count = Math.round(size * size * (0.003 + 0.06 * strength));
  const garish = random.uniform() < 0.5;
  const dot = random.integer(1, size >= 200 ? 3 : 2);
  for (let n = 0; n < count; n++) {
    const x = random.integer(0, size - dot);
    const y = random.integer(0, size - dot);
    const level = random.uniform() < 0.5 ? random.between(0, 0.25) : random.between(0.75, 1);
    const color = [0, 1, 2].map(() => (garish ? random.uniform() : level));
    for (let j = 0; j < dot; j++) for (let i = 0; i < dot; i++) out.set(color, ((y + j) * size + x + i) * 3);
  }
  return out;
};

/** Large square pixels. */
export const pixelate: Spoiler = ({ image, size }, strength) => {
  const block = Math.max(2, Math.round((size / 128) * (2.5 + 11 * strength)));
  const out = new Float32Array(image.length);
  for (let top = 0; top < size; top += block) {
    for (let left = 0; left < size; left += block) {
      const bottom = Math.min(size, top + block);
      const right = Math.min(size, left + block);
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let y = top; y < bottom; y++)
          for (let x = left; x < right; x++) sum += image[(y * size + x) * 3 + k];
        const mean = sum / ((bottom - top) * (right - left));
        for (let y = top; y < bottom; y++)
          for (let x = left; x < right; x++) out[(y * size + x) * 3 + k] = mean;
      }
    }
  }
  return out;
};

/** Ringing bright and dark edges. */
export const oversharpen: Spoiler = ({ image, size }, strength, random) => {
  const smooth = blurImage(image, size, (size / 128) * random.between(1, 2.4));
  const gain = 2 + 6 * strength;
  const out = new Float32Array(image.length);
  for (let i = 0; i < out.length; i++) out[i] = image[i] + gain * (image[i] - smooth[i]);
  return out;
};

const BLOCK = 8;

/**
 * Blocks and ringing as of a strongly compressed picture.
 *
 * References: ITU-T T.81, the discrete cosine transform of 8 × 8 blocks with coefficients quantized the more coarsely the
 * higher their frequency; colors are not subsampled.
 */
export const compress: Spoiler = ({ image, size }, strength) => {
  const step = 0.12 + 0.55 * strength;
  const out = image.slice();
  const block = new Float64Array(BLOCK * BLOCK);
  for (let top = 0; top + BLOCK <= size; top += BLOCK) {
    for (let left = 0; left + BLOCK <= size; left += BLOCK) {
      for (let k = 0; k < 3; k++) {
        for (let i = 0; i < 64; i++) block[i] = image[((top + (i >> 3)) * size + left + (i & 7)) * 3 + k];
        quantizeBlock(block, step);
        for (let i = 0; i < 64; i++) out[((top + (i >> 3)) * size + left + (i & 7)) * 3 + k] = block[i];
      }
    }
  }
  return out;
};

/** [8, 8] orthonormal cosines: row = frequency. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const frequency = i >> 3;
  const scale = frequency === 0 ? Math.sqrt(1 / BLOCK) : Math.sqrt(2 / BLOCK);
  return scale * Math.cos(((2 * (i & 7) + 1) * frequency * Math.PI) / (2 * BLOCK));
});
const scratch = new Float64Array(64);

function quantizeBlock(block: Float64Array, step: number): void {
  transform(block, scratch, true);
  transform(scratch, block, true);
  for (let i = 0; i < 64; i++) {
    const coarse = step * (0.5 + 0.35 * ((i >> 3) + (i & 7)));
    block[i] = Math.round(block[i] / coarse) * coarse;
  }
  transform(block, scratch, false);
  transform(scratch, block, false);
}

/** Transforms the rows of an 8 × 8 block and turns it: twice makes both directions, upright again. */
function transform(from: Float64Array, to: Float64Array, forward: boolean): void {
  for (let row = 0; row < BLOCK; row++) {
    for (let out = 0; out < BLOCK; out++) {
      let sum = 0;
      for (let i = 0; i < BLOCK; i++)
        sum += from[row * BLOCK + i] * COSINES[forward ? out * BLOCK + i : i * BLOCK + out];
      to[out * BLOCK + row] = sum;
    }
  }
}
