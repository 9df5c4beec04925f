import type { TriangleMesh } from '../../ssd/mesh.ts';

/**
 * Number of edges that are not shared by exactly two triangles running along it in opposite directions: holes, fins and
 * flipped triangles. 0 is watertight. Vertices are compared by number: weld the mesh first.
 */
export function countOpenEdges({ positions, indices }: TriangleMesh): number {
  const vertexCount = positions.length / 3;
  const edges = new Map<number, { forward: number; back: number }>();
  for (let h = 0; h < indices.length; h++) {
    const from = indices[h];
    const to = indices[h % 3 === 2 ? h - 2 : h + 1];
    // Below 2⁵³ for every mesh that fits in memory.
    const key = Math.min(from, to) * vertexCount + Math.max(from, to);
    const edge = edges.get(key) ?? { forward: 0, back: 0 };
    edges.set(key, edge);
    if (from < to) edge.forward++;
    else edge.back++;
  }
  let open = 0;
  for (const { forward, back } of edges.values()) if (forward !== 1 || back !== 1) open++;
  return open;
}
