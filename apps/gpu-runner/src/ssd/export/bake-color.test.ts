import { beforeAll, describe, expect, it } from 'vitest';
import { createBumpyBall } from '../renderer/ball-mesh.ts';
import { bakeColor } from './bake-color.ts';
import { type UnwrappedMesh, unwrap } from './unwrap.ts';

const mesh = createBumpyBall(14);
const size = 256;
let unwrapped: UnwrappedMesh;
beforeAll(async () => {
  unwrapped = await unwrap(mesh, size);
});

describe('bakeColor', () => {
  it('writes at each texel the color of the surface point under it', async () => {
    // Linear in the position, so that the texel's own color can be read off between vertices.
    const { pixels } = await bakeColor(
      mesh,
      unwrapped,
      (p) => Promise.resolve(p.map((x) => 0.5 + 0.5 * x)),
      size,
    );
    const { indices, uvs } = unwrapped;
    let checked = 0;
    for (let t = 0; t < indices.length; t += 3) {
      const center = (array: Float32Array, width: number, axis: number, at: Uint32Array): number =>
        [0, 1, 2].reduce((sum, k) => sum + array[width * at[t + k] + axis], 0) / 3;
      const x = Math.floor(size * center(uvs, 2, 0, indices));
      const y = Math.floor(size * center(uvs, 2, 1, indices));
      for (let axis = 0; axis < 3; axis++) {
        const expected = 255 * (0.5 + 0.5 * center(mesh.positions, 3, axis, mesh.indices));
        // The texel's center is up to 0.7 texels away, and a texel spans about 1/100 of a head: one step
        // of 255/200 each way, and a byte's rounding.
        expect(Math.abs(pixels[3 * (y * size + x) + axis] - expected)).toBeLessThan(2);
        checked++;
      }
    }
    expect(checked).toBe(mesh.indices.length);
  });

  it('leaves no texel empty: the surroundings of a chart repeat its colors', async () => {
    const { pixels, coverage } = await bakeColor(
      mesh,
      unwrapped,
      (p) => Promise.resolve(new Float32Array(p.length).fill(0.6)),
      size,
    );
    expect(coverage).toBeGreaterThan(0.3);
    expect(coverage).toBeLessThan(0.9);
    expect(new Set(pixels)).toEqual(new Set([153]));
  });

  it('asks for points of the surface, in batches that do not depend on the texture', async () => {
    const batches: number[] = [];
    let farthest = 0;
    await bakeColor(
      mesh,
      unwrapped,
      (points) => {
        batches.push(points.length / 3);
        for (let i = 0; i < points.length; i += 3)
          farthest = Math.max(farthest, Math.hypot(...points.subarray(i, i + 3)));
        return Promise.resolve(points);
      },
      512,
    );
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.slice(0, -1).every((count) => count === 65_536)).toBe(true);
    expect(farthest).toBeLessThan(0.7);
  });

  it('colors charts that are too thin to hold the center of a texel', async () => {
    const triangles = {
      // A large triangle low in space, and a sliver high above it.
      positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 9, 0, 1, 9, 0, 1, 9, 0.01),
      indices: Uint32Array.of(0, 1, 2, 3, 4, 5),
    };
    const atlas = {
      indices: triangles.indices,
      sourceVertices: Uint32Array.of(0, 1, 2, 3, 4, 5),
      // In texels of a texture of 32: the lower left half, and along the row between centers at y = 4.
      uvs: Float32Array.of(1, 12, 1, 31, 20, 31, 2, 4, 30, 4, 30, 4.1).map((texel) => texel / 32),
      chartCount: 2,
    };
    const high = (points: Float32Array): Promise<Float32Array> =>
      Promise.resolve(points.map((_, i) => (points[i - (i % 3) + 1] > 5 ? 1 : 0)));
    const { pixels } = await bakeColor(triangles, atlas, high, 32);
    for (let x = 2; x < 30; x++) {
      expect(pixels[3 * (3 * 32 + x)]).toBe(255);
      expect(pixels[3 * (4 * 32 + x)]).toBe(255);
    }
    expect(pixels[3 * (25 * 32 + 4)]).toBe(0);
  });

  it('refuses a mesh without triangles', async () => {
    const nothing = { ...unwrapped, indices: new Uint32Array(0) };
    await expect(bakeColor(mesh, nothing, (p) => Promise.resolve(p), size)).rejects.toThrow(
      'bakeColor: expected',
    );
  });
});
