import { describe, expect, it } from 'vitest';
import type { TriangleMesh } from '../mesh.ts';
import { createBall, createBumpyBall } from '../renderer/ball-mesh.ts';
import { CLEAN_MESH_DEFAULTS, cleanMesh } from './clean-mesh.ts';

describe('cleanMesh', () => {
  it('welds loose triangles back into a closed mesh', async () => {
    const ball = createBall(8);
    const cleaned = await cleanMesh(toSoup(ball));
    expect(cleaned.positions.length).toBe(ball.positions.length);
    expect(openEdgeCount(cleaned)).toBe(0);
  });

  it('drops triangles that lost a side, and floaters below one percent of the largest part', async () => {
    const ball = createBall(16);
    const speck = move(
      createBall(1, () => 0.01),
      0.9,
    );
    const second = move(
      createBall(4, () => 0.1),
      -0.9,
    );
    const sliver: TriangleMesh = {
      positions: Float32Array.of(0, 0, 0.7, 1e-6, 0, 0.7, 0, 0.1, 0.7),
      indices: Uint32Array.of(0, 1, 2),
    };
    const cleaned = await cleanMesh([ball, speck, second, sliver].reduce(join));
    expect(cleaned.indices.length).toBe(ball.indices.length + second.indices.length);
    expect(cleaned.positions.length).toBe(ball.positions.length + second.positions.length);
  });

  it('decimates to the budget, stays closed and keeps its volume', async () => {
    const mesh = createBumpyBall(48);
    const cleaned = await cleanMesh(mesh, { ...CLEAN_MESH_DEFAULTS, triangleBudget: 4000 });
    expect(cleaned.indices.length / 3).toBeLessThanOrEqual(4000);
    expect(cleaned.indices.length / 3).toBeGreaterThan(3500);
    expect(openEdgeCount(cleaned)).toBe(0);
    // Positive: still counterclockwise seen from outside.
    expect(volume(cleaned) / volume(mesh)).toBeCloseTo(1, 2);
  });

  it('spends more of the budget on the front of the head', async () => {
    const mesh = createBumpyBall(48);
    const frontShare = async (faceDetail: number): Promise<number> => {
      const options = { ...CLEAN_MESH_DEFAULTS, triangleBudget: 3000, faceDetail };
      const { positions } = await cleanMesh(mesh, options);
      return positions.filter((value, i) => i % 3 === 2 && value > 0).length / (positions.length / 3);
    };
    expect(await frontShare(1)).toBeCloseTo(0.5, 1);
    expect(await frontShare(4)).toBeGreaterThan(0.55);
  });

  it('refuses a mesh without area and positions at infinity', async () => {
    const flat = { positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 2) };
    await expect(cleanMesh(flat)).rejects.toThrow('expected triangles with an area');
    const broken = { positions: new Float32Array(9).fill(Number.NaN), indices: Uint32Array.of(0, 1, 2) };
    await expect(cleanMesh(broken)).rejects.toThrow('expected finite positions');
  });
});

function toSoup({ positions, indices }: TriangleMesh): TriangleMesh {
  const loose = new Float32Array(indices.length * 3);
  indices.forEach((vertex, i) => loose.set(positions.subarray(3 * vertex, 3 * vertex + 3), 3 * i));
  return { positions: loose, indices: Uint32Array.from(indices.keys()) };
}

function move({ positions, indices }: TriangleMesh, alongX: number): TriangleMesh {
  return { positions: positions.map((value, i) => (i % 3 === 0 ? value + alongX : value)), indices };
}

function join(a: TriangleMesh, b: TriangleMesh): TriangleMesh {
  const vertexCount = a.positions.length / 3;
  return {
    positions: Float32Array.of(...a.positions, ...b.positions),
    indices: Uint32Array.of(...a.indices, ...b.indices.map((vertex) => vertex + vertexCount)),
  };
}

/** Directed edges whose opposite is missing; none in a closed, consistently wound mesh. */
function openEdgeCount({ indices }: TriangleMesh): number {
  const edges = new Set<string>();
  indices.forEach((from, i) => edges.add(`${from} ${indices[i % 3 === 2 ? i - 2 : i + 1]}`));
  return [...edges].filter((edge) => !edges.has(edge.split(' ').reverse().join(' '))).length;
}

function volume({ positions: p, indices }: TriangleMesh): number {
  let sum = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t] * 3, indices[t + 1] * 3, indices[t + 2] * 3];
    sum +=
      p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) +
      p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2]) +
      p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
  }
  return sum / 6;
}
