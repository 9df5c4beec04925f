import { describe, expect, it } from 'vitest';
import type { TriangleMesh } from './mesh.ts';
import { buildEdges } from './mesh-edges.ts';

const meshOf = (vertexCount: number, indices: number[]): TriangleMesh => ({
  positions: new Float32Array(3 * vertexCount),
  indices: Uint32Array.from(indices),
});

/** Every edge as "low-high: face,face", found with a plain map. */
function referenceEdges(mesh: TriangleMesh): string[] {
  const faces = new Map<string, number[]>();
  for (let h = 0; h < mesh.indices.length; h++) {
    const from = mesh.indices[h];
    const to = mesh.indices[h % 3 === 2 ? h - 2 : h + 1];
    const key = `${Math.min(from, to)}-${Math.max(from, to)}`;
    faces.set(key, [...(faces.get(key) ?? []), Math.floor(h / 3)]);
  }
  return [...faces].map(([key, list]) => `${key}: ${list[0]},${list[1] ?? -1}`).sort();
}

function listed(mesh: TriangleMesh): string[] {
  const { edges, edgeFaces } = buildEdges(mesh);
  return Array.from({ length: edges.length / 2 }, (_, e) => {
    return `${edges[2 * e]}-${edges[2 * e + 1]}: ${edgeFaces[2 * e]},${edgeFaces[2 * e + 1]}`;
  }).sort();
}

describe('buildEdges', () => {
  it('finds the six edges of a tetrahedron, each between two faces', () => {
    const mesh = meshOf(4, [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]);
    expect(listed(mesh)).toEqual(['0-1: 0,1', '0-2: 0,2', '0-3: 1,2', '1-2: 0,3', '1-3: 1,3', '2-3: 2,3']);
  });

  it('marks the border of an open strip with -1', () => {
    expect(listed(meshOf(4, [0, 1, 2, 2, 1, 3]))).toEqual([
      '0-1: 0,-1',
      '0-2: 0,-1',
      '1-2: 0,1',
      '1-3: 1,-1',
      '2-3: 1,-1',
    ]);
  });

  it('agrees with a plain map on a triangulated torus', () => {
    const width = 17;
    const height = 9;
    const at = (x: number, y: number): number => (y % height) * width + (x % width);
    const indices: number[] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        indices.push(at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y), at(x + 1, y + 1), at(x, y + 1));
      }
    const mesh = meshOf(width * height, indices);
    expect(listed(mesh)).toEqual(referenceEdges(mesh));
  });

  it('loses no face where three share an edge', () => {
    const { edges, edgeFaces } = buildEdges(meshOf(5, [0, 1, 2, 0, 1, 3, 0, 1, 4]));
    const rows = Array.from({ length: edges.length / 2 }, (_, e) => e).filter((e) => edges[2 * e + 1] === 1);
    expect(rows.map((e) => [edgeFaces[2 * e], edgeFaces[2 * e + 1]])).toEqual([
      [0, 1],
      [2, -1],
    ]);
  });

  it('gives empty lists for an empty mesh', () => {
    expect(buildEdges(meshOf(0, [])).edges).toHaveLength(0);
  });
});
