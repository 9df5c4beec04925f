import type { RandomStream } from '../../tensor/random.ts';
import type { Canvas } from './canvas.ts';
import { subjectBox } from './canvas.ts';
import { blurImage } from './blur-image.ts';
import { smoothField } from './smooth-field.ts';

/** Makes a spoiled copy; `strength` in [0, 1] goes from just visible to extreme. Values may leave [0, 1]. */
export type Spoiler = (canvas: Canvas, strength: number, random: RandomStream) => Float32Array;

/** Colors far too strong, or driven to their extremes as by an optimization that runs away. */
export const oversaturate: Spoiler = (canvas, strength, random) => {
  if (random.uniform() < 0.35) return drivenApart(canvas, 6 + 45 * strength * strength, random);
  const more = 1.6 + 4 * strength;
  const contrast = 1 + strength * random.uniform();
  return recolor(canvas.image, (color) => {
    const gray = luminance(color);
    for (let k = 0; k < 3; k++) color[k] = (gray + (color[k] - gray) * more - 0.5) * contrast + 0.5;
  });
};

/** Each channel through a steep step around the head's mean. */
function drivenApart(canvas: Canvas, gain: number, random: RandomStream): Float32Array {
  const { mean } = subjectBox(canvas);
  const shift = [0, 1, 2].map(() => random.between(-0.12, 0.12));
  return recolor(canvas.image, (color) => {
    for (let k = 0; k < 3; k++) color[k] = 1 / (1 + Math.exp(-(color[k] - mean[k] - shift[k]) * gain));
  });
}

/** Pale and gray, as under a veil. */
export const washOut: Spoiler = ({ image }, strength, random) => {
  const veil = random.between(0.6, 0.95);
  const share = 0.35 + 0.5 * strength;
  const less = random.between(0.1, 0.6);
  return recolor(image, (color) => {
    const gray = luminance(color);
    for (let k = 0; k < 3; k++) color[k] = (gray + (color[k] - gray) * less) * (1 - share) + veil * share;
  });
};

/** Few flat colors in place of shades. */
export const posterize: Spoiler = ({ image, size }, strength, random) => {
  const levels = strength > 0.6 ? 2 : strength > 0.3 ? 3 : 4;
  const phase = [0, 1, 2].map(() => random.between(-0.5, 0.5) / levels);
  const even = blurImage(image, size, (size / 128) * random.between(0.6, 2.2));
  return recolor(even, (color) => {
    for (let k = 0; k < 3; k++)
      color[k] = Math.round(clamp(color[k] + phase[k]) * (levels - 1)) / (levels - 1);
  });
};

/** Channels in another order. */
export const swapChannels: Spoiler = ({ image }, strength, random) => {
  const orders = [
    [1, 0, 2],
    [2, 1, 0],
    [0, 2, 1],
    [1, 2, 0],
    [2, 0, 1],
  ] as const;
  const order = orders[random.integer(0, orders.length - 1)];
  const share = 0.6 + 0.4 * strength;
  return recolor(image, (color) => {
    const [red, green, blue] = color;
    const before = [red, green, blue];
    for (let k = 0; k < 3; k++) color[k] = before[k] * (1 - share) + before[order[k]] * share;
  });
};

/** One or more channels turned into their negative. */
export const invertChannels: Spoiler = ({ image }, strength, random) => {
  const chosen = random.integer(1, 7);
  const share = 0.75 + 0.25 * strength;
  return recolor(image, (color) => {
    for (let k = 0; k < 3; k++) {
      if ((chosen >> k) & 1) color[k] = color[k] * (1 - share) + (1 - color[k]) * share;
    }
  });
};

/**
 * All hues turned by the same angle, sometimes with stronger colors.
 *
 * References: rotation about the gray axis of the color cube (Haeberli 1993, "Matrix operations for image processing").
 */
export const turnHue: Spoiler = ({ image }, strength, random) => {
  const angleRad = (0.5 + 2.6 * strength) * (random.uniform() < 0.5 ? -1 : 1);
  const cosine = Math.cos(angleRad);
  const along = (1 - cosine) / 3;
  const across = Math.sin(angleRad) / Math.sqrt(3);
  const more = random.between(1, 2.2);
  return recolor(image, (color) => {
    const gray = luminance(color);
    const [r, g, b] = [0, 1, 2].map((k) => gray + (color[k] - gray) * more);
    color[0] = r * (cosine + along) + g * (along - across) + b * (along + across);
    color[1] = r * (along + across) + g * (cosine + along) + b * (along - across);
    color[2] = r * (along - across) + g * (along + across) + b * (cosine + along);
  });
};

/** Large soft patches of wrong colors. */
export const blotch: Spoiler = ({ image, size }, strength, random) => {
  const patches = smoothField(size, random.integer(2, 9), 3, random);
  const share = 0.3 + 0.6 * strength;
  const tint = random.uniform() < 0.5;
  const out = new Float32Array(image.length);
  for (let i = 0; i < out.length; i++) {
    const spread = clamp((patches[i] - 0.5) * 1.8 + 0.5);
    out[i] = tint ? image[i] + (spread - 0.5) * 1.6 * share : image[i] * (1 - share) + spread * share;
  }
  return out;
};

/** Shades pushed to black and white, with or without the colors. */
export const harden: Spoiler = (canvas, strength, random) => {
  const { mean } = subjectBox(canvas);
  const middle = luminance([...mean]) + random.between(-0.1, 0.1);
  const gain = 6 + 50 * strength * strength;
  const colorless = random.uniform() < 0.6 ? random.between(0.7, 1) : 0;
  return recolor(canvas.image, (color) => {
    const gray = luminance(color);
    const hard = 1 / (1 + Math.exp(-(gray - middle) * gain));
    for (let k = 0; k < 3; k++)
      color[k] = hard * colorless + (hard + (color[k] - gray) * 1.5) * (1 - colorless);
  });
};

export const darken: Spoiler = ({ image }, strength) => {
  const share = 0.5 - 0.42 * strength;
  return recolor(image, (color) => {
    for (let k = 0; k < 3; k++) color[k] *= share * (0.5 + 0.5 * color[k]);
  });
};

export const brighten: Spoiler = ({ image }, strength) => {
  const gain = 1.5 + 2.2 * strength;
  return recolor(image, (color) => {
    for (let k = 0; k < 3; k++) color[k] = color[k] * gain + 0.12 * strength;
  });
};

/** A copy of `image` with every color changed in place by `change`. */
function recolor(image: Float32Array, change: (color: number[]) => void): Float32Array {
  const out = new Float32Array(image.length);
  const color = [0, 0, 0];
  for (let i = 0; i < image.length; i += 3) {
    for (let k = 0; k < 3; k++) color[k] = image[i + k];
    change(color);
    for (let k = 0; k < 3; k++) out[i + k] = color[k];
  }
  return out;
}

function luminance(color: readonly number[]): number {
  return 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2];
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
