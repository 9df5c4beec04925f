import { expect, test } from 'vitest';
import { createBall } from '../renderer/ball-mesh.ts';
import { CLEAN_MESH_DEFAULTS } from './clean-mesh.ts';
import { shapeHead } from './shape-head.ts';

/** A ball with shallow waves that a few hundred triangles cannot follow. */
const wavy = createBall(32, (x, y) => 0.5 + 0.01 * Math.sin(12 * x) * Math.sin(12 * y));
const cleaning = { ...CLEAN_MESH_DEFAULTS, triangleBudget: 400 };
const input = { mesh: wavy, cleaning, textureSize: 256 };

/** How far edges' middles stay away from the waves, on average. */
function distanceOfMiddles({
  positions,
  indices,
}: {
  positions: Float32Array;
  indices: Uint32Array;
}): number {
  let sum = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b] = [3 * indices[t], 3 * indices[t + 1]];
    const middle = [0, 1, 2].map((k) => (positions[a + k] + positions[b + k]) / 2);
    const length = Math.hypot(...middle);
    const [x, y] = middle.map((value) => value / length);
    sum += Math.abs(length - 0.5 - 0.01 * Math.sin(12 * x) * Math.sin(12 * y));
  }
  return sum / (indices.length / 3);
}

test('a refined head comes back to the optimized surface, on the same atlas', async () => {
  const plain = await shapeHead(input);
  const refined = await shapeHead({ ...input, refined: true });
  expect(refined.mesh.indices.length).toBeGreaterThan(4 * plain.mesh.indices.length);
  expect(distanceOfMiddles(refined.mesh)).toBeLessThan(0.25 * distanceOfMiddles(plain.mesh));
  expect(refined.chartCount).toBe(plain.chartCount);
  // Splitting adds vertices behind the first ones and leaves those where they were in the atlas.
  expect(refined.uvs.slice(0, plain.uvs.length)).toEqual(plain.uvs);
  for (let v = 0; v < refined.normals.length; v += 3) {
    expect(Math.hypot(...refined.normals.subarray(v, v + 3))).toBeCloseTo(1, 4);
  }
});

test('a head that would have too many triangles is rounded off as far as its limit goes', async () => {
  const refinedTo = async (trianglesMax?: number) =>
    (await shapeHead({ ...input, refined: true, trianglesMax })).mesh.indices.length / 3;
  const [plain, free] = [(await shapeHead(input)).mesh.indices.length / 3, await refinedTo()];
  const limited = await refinedTo(Math.floor(free / 2));
  expect(limited).toBeLessThanOrEqual(free / 2);
  expect(limited).toBeGreaterThan(plain);
  // No limit takes what decimation has left.
  expect(await refinedTo(1)).toBe(plain);
});
