/**
 * Averages blocks of `factor` × `factor` pixels.
 *
 * `pixels` [S·factor, S·factor, 3] → `image` [S, S, 3], where S is `size`.
 */
export function downsample(pixels: Float32Array, size: number, factor: number, image: Float32Array): void {
  const stride = size * factor * 3;
  const weight = 1 / (factor * factor);
  for (let y = 0, o = 0; y < size; y++) {
    for (let x = 0; x < size; x++, o += 3) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let dy = 0; dy < factor; dy++) {
        let i = (y * factor + dy) * stride + x * factor * 3;
        for (let dx = 0; dx < factor; dx++, i += 3) {
          r += pixels[i];
          g += pixels[i + 1];
          b += pixels[i + 2];
        }
      }
      image[o] = r * weight;
      image[o + 1] = g * weight;
      image[o + 2] = b * weight;
    }
  }
}

/** Spreads `gradImage` [S, S, 3] evenly over its blocks: writes `gradPixels` [S·factor, S·factor, 3]. */
export function downsampleBackward(
  gradImage: Float32Array,
  size: number,
  factor: number,
  gradPixels: Float32Array,
): void {
  const stride = size * factor * 3;
  const weight = 1 / (factor * factor);
  for (let y = 0, o = 0; y < size; y++) {
    for (let x = 0; x < size; x++, o += 3) {
      const r = gradImage[o] * weight;
      const g = gradImage[o + 1] * weight;
      const b = gradImage[o + 2] * weight;
      for (let dy = 0; dy < factor; dy++) {
        let i = (y * factor + dy) * stride + x * factor * 3;
        for (let dx = 0; dx < factor; dx++, i += 3) {
          gradPixels[i] = r;
          gradPixels[i + 1] = g;
          gradPixels[i + 2] = b;
        }
      }
    }
  }
}
