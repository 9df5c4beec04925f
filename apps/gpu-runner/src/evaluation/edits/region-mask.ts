/**
 * The part of a picture that an edit is about, as [size, size] of 1 inside: all pixels within `reach` (a share of the
 * picture's width) of the box around some landmarks.
 *
 * `points` [N, 2] are shares of the picture from the left and from the top, as `projectLandmarks` gives them.
 */
export function regionMask(points: ArrayLike<number>, reach: number, size: number): Uint8Array {
  const mask = new Uint8Array(size * size);
  if (points.length === 0) return mask;
  const [low, high] = [
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ];
  for (let i = 0; i < points.length; i++) {
    low[i % 2] = Math.min(low[i % 2], points[i]);
    high[i % 2] = Math.max(high[i % 2], points[i]);
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const across = Math.max(low[0] - (x + 0.5) / size, (x + 0.5) / size - high[0], 0);
      const down = Math.max(low[1] - (y + 0.5) / size, (y + 0.5) / size - high[1], 0);
      if (Math.hypot(across, down) <= reach) mask[y * size + x] = 1;
    }
  }
  return mask;
}
