/** A quad mesh after one midpoint subdivision. */
export interface Subdivision {
  readonly vertexCount: number;
  /** [T, 3] the first triangle of every small quad, then the second. */
  readonly triangles: Uint32Array;
  /** [T] the quad that each triangle lies in. */
  readonly quadOfTriangle: Uint32Array;
  /** Extends values [coarse vertices, width] to all vertices: edges take the mean of 2 ends, centers of 4 corners. */
  refine(coarse: Float32Array, width: number): Float32Array;
}

/**
 * Subdivides quads once at their midpoints.
 *
 * Vertices are numbered as landmarks.json expects them: base vertices, then edge midpoints in order of first use,
 * then quad centers.
 */
export function subdivideQuads(quads: Uint32Array, coarseCount: number): Subdivision {
  const edges = new Map<number, number>();
  const quadCount = quads.length / 4;
  const quadEdges = new Uint32Array(quads.length);
  for (let i = 0; i < quads.length; i++) {
    const a = quads[i];
    const b = quads[i - (i % 4) + ((i + 1) % 4)];
    const key = Math.min(a, b) * coarseCount + Math.max(a, b);
    const edge = edges.get(key) ?? edges.size;
    edges.set(key, edge);
    quadEdges[i] = edge;
  }
  const ends = new Uint32Array(edges.size * 2);
  for (const [key, edge] of edges) {
    ends[edge * 2] = Math.floor(key / coarseCount);
    ends[edge * 2 + 1] = key % coarseCount;
  }
  const centers = coarseCount + edges.size;
  const vertexCount = centers + quadCount;
  return {
    vertexCount,
    ...smallTriangles(quads, quadEdges, coarseCount, centers),
    refine(coarse, width) {
      const fine = new Float32Array(vertexCount * width);
      fine.set(coarse);
      for (let e = 0, to = coarseCount * width; e < ends.length; e += 2) {
        const a = ends[e] * width;
        const b = ends[e + 1] * width;
        for (let k = 0; k < width; k++, to++) fine[to] = (coarse[a + k] + coarse[b + k]) / 2;
      }
      for (let q = 0, to = centers * width; q < quads.length; q += 4) {
        const [a, b, c, d] = [
          quads[q] * width,
          quads[q + 1] * width,
          quads[q + 2] * width,
          quads[q + 3] * width,
        ];
        for (let k = 0; k < width; k++, to++) {
          fine[to] = (coarse[a + k] + coarse[b + k] + coarse[c + k] + coarse[d + k]) / 4;
        }
      }
      return fine;
    },
  };
}

function smallTriangles(
  quads: Uint32Array,
  quadEdges: Uint32Array,
  firstEdge: number,
  firstCenter: number,
): Pick<Subdivision, 'triangles' | 'quadOfTriangle'> {
  const smallCount = quads.length;
  const triangles = new Uint32Array(smallCount * 6);
  const quadOfTriangle = new Uint32Array(smallCount * 2);
  for (let s = 0; s < smallCount; s++) {
    const q = Math.floor(s / 4);
    const a = quads[s];
    const b = firstEdge + quadEdges[s];
    const c = firstCenter + q;
    const d = firstEdge + quadEdges[q * 4 + ((s + 3) % 4)];
    triangles.set([a, b, c], s * 3);
    triangles.set([a, c, d], (smallCount + s) * 3);
    quadOfTriangle[s] = q;
    quadOfTriangle[smallCount + s] = q;
  }
  return { triangles, quadOfTriangle };
}
