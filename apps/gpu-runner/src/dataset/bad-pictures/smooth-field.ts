import type { RandomStream } from '../../tensor/random.ts';

/** Random smooth values [S, S, C] in [0, 1]: uniform numbers on a grid of `cells` × `cells`, blended in between. */
export function smoothField(
  size: number,
  cells: number,
  channels: number,
  random: RandomStream,
): Float32Array {
  const across = cells + 1;
  const grid = new Float32Array(across * across * channels);
  for (let i = 0; i < grid.length; i++) grid[i] = random.uniform();
  const out = new Float32Array(size * size * channels);
  for (let row = 0, o = 0; row < size; row++) {
    const y = (row / size) * cells;
    const v = ease(y - Math.floor(y));
    for (let column = 0; column < size; column++) {
      const x = (column / size) * cells;
      const u = ease(x - Math.floor(x));
      const corner = (Math.floor(y) * across + Math.floor(x)) * channels;
      for (let k = 0; k < channels; k++, o++) {
        const top = grid[corner + k] * (1 - u) + grid[corner + channels + k] * u;
        const below = corner + across * channels + k;
        out[o] = top * (1 - v) + (grid[below] * (1 - u) + grid[below + channels] * u) * v;
      }
    }
  }
  return out;
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
