import { describe, expect, it } from 'vitest';
import { buildEdges } from '../mesh-edges.ts';
import { measureMesh } from '../tetrahedral-grid/measure-mesh.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { type AtlasMesh, splitBent } from './split-bent.ts';
import { unwrap } from './unwrap.ts';

const ball = createBall(10, () => 0.5);

/** Parts the ball at y = 0.1 over a band of 0.1, as a mouth opens. */
function part(positions: Float32Array): Float32Array {
  return positions.map((value, i) => {
    if (i % 3 !== 1) return value;
    const t = Math.min(Math.max((value - 0.05) / 0.1, 0), 1);
    return value + 0.3 * t * t * (3 - 2 * t);
  });
}

async function atlasOf(): Promise<AtlasMesh> {
  return { mesh: ball, unwrapped: await unwrap(ball, 128) };
}

describe('splitBent', () => {
  it('leaves a mesh as it is that nothing bends', async () => {
    const atlas = await atlasOf();
    expect(splitBent(atlas, (positions) => positions.map((x) => 2 * x + 1), 1e-4)).toEqual(atlas);
  });

  it('follows a deformation to its tolerance, where it bends and nowhere else', async () => {
    const atlas = await atlasOf();
    const { mesh } = splitBent(atlas, part, 2e-3);
    expect(deviation(ball)).toBeGreaterThan(0.04);
    expect(deviation(mesh)).toBeLessThan(4e-3);
    // The ball's lower half knows nothing of it.
    const low = (of: { positions: Float32Array }): number =>
      of.positions.filter((y, i) => i % 3 === 1 && y < -0.15).length;
    expect(low(mesh)).toBe(low(ball));
    expect(mesh.indices.length).toBeGreaterThan(ball.indices.length);
  });

  it('keeps the surface closed and the same, and its atlas in place', async () => {
    const atlas = await atlasOf();
    const { mesh, unwrapped } = splitBent(atlas, part, 2e-3);
    const [before, after] = [measureMesh(ball), measureMesh(mesh)];
    expect(buildEdges(mesh).edgeFaces.every((face) => face >= 0)).toBe(true);
    expect(after.volume).toBeCloseTo(before.volume, 6);
    // Triangles of both copies correspond, and each keeps its side of the atlas.
    unwrapped.indices.forEach((cut, i) => expect(unwrapped.sourceVertices[cut]).toBe(mesh.indices[i]));
    expect(atlasArea(unwrapped)).toBeCloseTo(atlasArea(atlas.unwrapped), 6);
  });
});

/** How far an edge's middle goes elsewhere than the straight line between its ends, at most. */
function deviation({ positions, indices }: { positions: Float32Array; indices: Uint32Array }): number {
  const ends = part(positions);
  let most = 0;
  for (let h = 0; h < indices.length; h++) {
    const [a, b] = [3 * indices[h], 3 * indices[h % 3 === 2 ? h - 2 : h + 1]];
    const middle = part(Float32Array.from([0, 1, 2], (k) => (positions[a + k] + positions[b + k]) / 2));
    most = Math.max(most, Math.abs(middle[1] - (ends[a + 1] + ends[b + 1]) / 2));
  }
  return most;
}

/** Sum of the signed areas of all triangles in the atlas. */
function atlasArea({ indices, uvs }: AtlasMesh['unwrapped']): number {
  let sum = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [2 * indices[t], 2 * indices[t + 1], 2 * indices[t + 2]];
    sum += (uvs[b] - uvs[a]) * (uvs[c + 1] - uvs[a + 1]) - (uvs[b + 1] - uvs[a + 1]) * (uvs[c] - uvs[a]);
  }
  return sum;
}
