/** Sets every pixel of `pixels` [H, W, 3] to one color. */
export function fillBackground(pixels: Float32Array, [r, g, b]: readonly [number, number, number]): void {
  for (let o = 0; o < pixels.length; o += 3) {
    pixels[o] = r;
    pixels[o + 1] = g;
    pixels[o + 2] = b;
  }
}
