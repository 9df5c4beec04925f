import { describe, expect, it } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { createNeighborSearch, quantile, shrinkPixels } from './nearest-neighbors.ts';

describe('createNeighborSearch', () => {
  const random = createRandom(1);
  const pictures = Array.from({ length: 30 }, () => ({
    features: random.normals(16),
    pixels: random.normals(32),
  }));

  it('finds a copy at distance 0', () => {
    const found = createNeighborSearch(pictures)(pictures[17]);
    expect(found).toEqual({ index: 17, distance: 0 });
  });

  it('sees a copy with a little noise far below strangers', () => {
    const search = createNeighborSearch(pictures);
    const near = (values: Float32Array): Float32Array => values.map((value) => value + 0.1 * random.normal());
    const copy = search({ features: near(pictures[3].features), pixels: near(pictures[3].pixels) });
    const stranger = search({ features: random.normals(16), pixels: random.normals(32) });
    expect(copy.index).toBe(3);
    expect(copy.distance).toBeLessThan(0.3 * stranger.distance);
  });
});

describe('shrinkPixels', () => {
  it('averages blocks of pixels', () => {
    const bytes = new Uint8Array(64 * 64 * 3);
    bytes[0] = 255;
    const small = shrinkPixels(bytes, 64);
    expect(small).toHaveLength(32 * 32 * 3);
    expect(small[0]).toBeCloseTo(0.25);
    expect(small[1]).toBe(0);
  });
});

describe('quantile', () => {
  it('is the least number at 0 and the middle one at a half', () => {
    expect(quantile([3, 1, 2], 0)).toBe(1);
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
  });
});
