import { expect, test } from 'vitest';
import { createBall } from '../renderer/ball-mesh.ts';
import { CLEAN_MESH_DEFAULTS } from './clean-mesh.ts';
import { exportHead } from './export-head.ts';
import { readGlb } from './read-glb.ts';
import type { TexturedHead } from './textured-head.ts';

/** Stripes a twentieth of the head wide: a texel beyond the chart's border would show. */
async function colorAt(points: Float32Array): Promise<Float32Array> {
  return points.map((_, i) => 0.5 + 0.35 * Math.sin(20 * points[i]));
}

/** The two texture positions of each edge at which the atlas was cut, as pairs of vertices in equal order. */
function seamsOf({ mesh: { positions, indices } }: TexturedHead): [number[], number[]][] {
  const places = new Map<string, number>();
  const placeOf = (vertex: number): number => {
    const key = positions.subarray(3 * vertex, 3 * vertex + 3).join();
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  };
  const edges = new Map<string, number[]>();
  const seams: [number[], number[]][] = [];
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const edge = [indices[t + k], indices[t + ((k + 1) % 3)]].toSorted((a, b) => placeOf(a) - placeOf(b));
      const key = edge.map(placeOf).join();
      const other = edges.get(key);
      if (other === undefined) edges.set(key, edge);
      else if (other.join() !== edge.join()) seams.push([other, edge]);
    }
  }
  return seams;
}

/** [size, size, 3] at a texture position, bilinear. */
function lookUp(data: Float32Array, size: number, u: number, v: number): number[] {
  const [x, y] = [u * size - 0.5, v * size - 0.5];
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const sum = [0, 0, 0];
  for (const [column, row] of [
    [left, top],
    [left + 1, top],
    [left, top + 1],
    [left + 1, top + 1],
  ]) {
    const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
    const at = 3 * (Math.min(Math.max(row, 0), size - 1) * size + Math.min(Math.max(column, 0), size - 1));
    for (let c = 0; c < 3; c++) sum[c] += weight * data[at + c];
  }
  return sum;
}

/** Half as many texels along each side, as a renderer makes its next mip level. */
function halved(data: Float32Array, size: number): Float32Array {
  const half = size / 2;
  return Float32Array.from({ length: 3 * half * half }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % half, Math.floor(i / (3 * half))];
    const at = (dx: number, dy: number): number => data[3 * ((2 * y + dy) * size + 2 * x + dx) + c];
    return (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
  });
}

test('both sides of every seam of a delivered head have the same color, also from afar', async () => {
  const { files } = await exportHead({
    mesh: createBall(24, () => 0.5),
    colorAt,
    cleaning: { ...CLEAN_MESH_DEFAULTS, triangleBudget: 1500 },
    textureSize: 512,
    turntableFrames: 1,
  });
  const head = await readGlb(files.get('head.glb') ?? new Uint8Array(), [0, 0, 0]);
  const seams = seamsOf(head);
  expect(seams.length).toBeGreaterThan(50);
  let [data, size] = [head.texture.data, head.texture.width];
  // Bilinear lookups of stripes, and a JPEG: 0.036, 0.035 and 0.075. Without the colors beyond the charts: 0.1, 0.2 and 0.3.
  for (const bound of [0.05, 0.05, 0.1]) {
    let largest = 0;
    for (const sides of seams) {
      for (const share of [0.2, 0.5, 0.8]) {
        const [a, b] = sides.map(([from, to]) =>
          lookUp(
            data,
            size,
            head.uvs[2 * from] * (1 - share) + head.uvs[2 * to] * share,
            head.uvs[2 * from + 1] * (1 - share) + head.uvs[2 * to + 1] * share,
          ),
        );
        largest = Math.max(largest, ...a.map((value, c) => Math.abs(value - b[c])));
      }
    }
    expect({ size, below: bound, largest: largest < bound ? 'ok' : largest }).toEqual({
      size,
      below: bound,
      largest: 'ok',
    });
    [data, size] = [halved(data, size), size / 2];
  }
});
