/** Gaussian blur of a picture [S, S, C], edges repeated. */
export function blurImage(image: Float32Array, size: number, sigmaPx: number, channels = 3): Float32Array {
  const radius = Math.max(1, Math.ceil(sigmaPx * 2.5));
  const weights = new Float32Array(radius + 1);
  let total = 0;
  for (let i = 0; i <= radius; i++) {
    weights[i] = Math.exp((-i * i) / (2 * sigmaPx * sigmaPx));
    total += i === 0 ? weights[i] : 2 * weights[i];
  }
  for (let i = 0; i <= radius; i++) weights[i] /= total;
  const across = blurLines(image, size, weights, channels, size * channels, channels);
  return blurLines(across, size, weights, channels, channels, size * channels);
}

/** Blurs along lines: `lineStride` from line to line, `stride` from pixel to pixel. */
function blurLines(
  image: Float32Array,
  size: number,
  weights: Float32Array,
  channels: number,
  lineStride: number,
  stride: number,
): Float32Array {
  const out = new Float32Array(image.length);
  for (let line = 0; line < size; line++) {
    for (let k = 0; k < channels; k++) {
      const start = line * lineStride + k;
      for (let i = 0; i < size; i++) {
        let sum = weights[0] * image[start + i * stride];
        for (let d = 1; d < weights.length; d++) {
          const low = i - d < 0 ? 0 : i - d;
          const high = i + d >= size ? size - 1 : i + d;
          sum += weights[d] * (image[start + low * stride] + image[start + high * stride]);
        }
        out[start + i * stride] = sum;
      }
    }
  }
  return out;
}
