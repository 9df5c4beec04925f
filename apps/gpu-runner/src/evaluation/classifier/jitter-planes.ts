import type { RandomStream } from '../../tensor/random.ts';

/**
 * Moves and scales a picture a little, in place: heads that we optimize are not framed exactly like those we learn from.
 *
 * `planes` [3, S, S]; up to `amount` of the side each way, edges repeated, nearest pixels.
 */
export function jitterPlanes(planes: Float32Array, size: number, amount: number, random: RandomStream): void {
  const zoom = 1 + random.between(-amount, amount);
  const shiftX = random.between(-amount, amount) * size * 0.5;
  const shiftY = random.between(-amount, amount) * size * 0.5;
  const source = (at: number, shift: number): number =>
    Math.min(size - 1, Math.max(0, Math.round((at - size / 2) * zoom + size / 2 + shift)));
  const columns = Int32Array.from({ length: size }, (_, x) => source(x, shiftX));
  const rows = Int32Array.from({ length: size }, (_, y) => source(y, shiftY));
  const pixels = size * size;
  const before = planes.slice();
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < size; y++) {
      const from = c * pixels + rows[y] * size;
      const to = c * pixels + y * size;
      for (let x = 0; x < size; x++) planes[to + x] = before[from + columns[x]];
    }
  }
}
