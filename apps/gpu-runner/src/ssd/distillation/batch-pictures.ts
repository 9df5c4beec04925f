/** [S, S, 3] pictures → one [B, 3, S, S]. */
export function planarPictures(images: readonly Float32Array[]): Float32Array {
  const pixels = images[0].length / 3;
  const out = new Float32Array(images.length * 3 * pixels);
  images.forEach((image, b) => {
    for (let p = 0; p < pixels; p++) {
      for (let c = 0; c < 3; c++) out[(b * 3 + c) * pixels + p] = image[3 * p + c];
    }
  });
  return out;
}

/** [B, 3, S, S] → [S, S, 3] for each view, each with its share 1/B of the mean. */
export function interleavedPictures(planes: Float32Array, count: number): Float32Array[] {
  const pixels = planes.length / (3 * count);
  return Array.from({ length: count }, (_, b) => {
    const image = new Float32Array(3 * pixels);
    for (let c = 0; c < 3; c++) {
      for (let p = 0; p < pixels; p++) image[3 * p + c] = planes[(b * 3 + c) * pixels + p] / count;
    }
    return image;
  });
}

/** The arrays one behind the other. */
export function joinArrays(arrays: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}

/** [S, S, 3] pictures → one [B, 1, S, S] of their first channels. */
export function firstChannels(images: readonly Float32Array[]): Float32Array {
  return joinArrays(images.map((image) => image.filter((_, i) => i % 3 === 0)));
}

/** [B, 1, S, S] → [S, S, 3] for each view, in the first channel, each with its share 1/B of the mean. */
export function spreadFirstChannel(plane: Float32Array, count: number): Float32Array[] {
  const pixels = plane.length / count;
  return Array.from({ length: count }, (_, b) => {
    const image = new Float32Array(3 * pixels);
    for (let p = 0; p < pixels; p++) image[3 * p] = plane[b * pixels + p] / count;
    return image;
  });
}
