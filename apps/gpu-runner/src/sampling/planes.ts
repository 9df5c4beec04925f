/** A square picture [S, S, 3] as the networks take it: [3, S, S]. */
export function toPlanes(image: Float32Array): Float32Array {
  const pixels = image.length / 3;
  const planes = new Float32Array(image.length);
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < 3; c++) planes[c * pixels + p] = image[p * 3 + c];
  }
  return planes;
}

/** Planes [3, S, S] of any values as a picture [S, S, 3] in [0, 1]. */
export function fromPlanes(planes: Float32Array): Float32Array {
  const pixels = planes.length / 3;
  const image = new Float32Array(planes.length);
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < 3; c++) image[p * 3 + c] = Math.min(1, Math.max(0, planes[c * pixels + p]));
  }
  return image;
}

/** All values, one array after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
