/** Red, green, blue of landmark pixels 1, 2, …, bytes; 0 is black. */
export type LandmarkPalette = readonly (readonly [number, number, number])[];

/** A landmark picture [S, S, 3] as one byte a pixel: 0 for black, i + 1 for color i of the palette. */
export function landmarkIndices(picture: Uint8Array, palette: LandmarkPalette): Uint8Array {
  const numbers = new Map<number, number>([[0, 0]]);
  for (const [i, [red, green, blue]] of palette.entries()) {
    const color = (red << 16) | (green << 8) | blue;
    if (!numbers.has(color)) numbers.set(color, i + 1);
  }
  const indices = new Uint8Array(picture.length / 3);
  for (let n = 0; n < indices.length; n++) {
    const color = (picture[n * 3] << 16) | (picture[n * 3 + 1] << 8) | picture[n * 3 + 2];
    if (color === 0) continue;
    const index = numbers.get(color);
    if (index === undefined) {
      throw new Error(
        `landmarkIndices: expected a color of the palette, got #${color.toString(16).padStart(6, '0')}`,
      );
    }
    indices[n] = index;
  }
  return indices;
}

/** The landmark picture [S, S, 3] of such bytes, into `out`. */
export function landmarkColors(indices: Uint8Array, palette: LandmarkPalette, out: Uint8Array): void {
  for (let n = 0; n < indices.length; n++) {
    const index = indices[n];
    const color = index === 0 ? BLACK : palette[index - 1];
    if (color === undefined) {
      throw new Error(`landmarkColors: expected an index up to ${palette.length}, got ${index}`);
    }
    out[n * 3] = color[0];
    out[n * 3 + 1] = color[1];
    out[n * 3 + 2] = color[2];
  }
}

const BLACK = [0, 0, 0] as const;
