import type { TriangleMesh } from '../../ssd/mesh.ts';

/** Edges of a mesh that are not shared by just two triangles. */
export interface EdgeCounts {
  /** Edges along which more triangles run one way than the other: holes, fins and flipped triangles. */
  readonly open: number;
  /** Edges at which two sheets of a closed surface touch: four triangles or more, as many one way as the other. */
  readonly pinched: number;
}

/** Counts the edges that are no manifold's; without open ones nothing leaks. Weld the mesh first. */
export function countEdges({ positions, indices }: TriangleMesh): EdgeCounts {
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
  let [open, pinched] = [0, 0];
  for (const { forward, back } of edges.values()) {
    if (forward !== back) open++;
    else if (forward > 1) pinched++;
  }
  return { open, pinched };
}
