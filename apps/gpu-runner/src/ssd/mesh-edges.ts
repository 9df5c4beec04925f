import type { TriangleMesh } from './mesh.ts';

/** The unique edges of a triangle mesh and the faces on their two sides. */
export interface MeshEdges {
  /** [E, 2] vertex indices, the lower one first; edges are sorted by it. */
  readonly edges: Uint32Array;
  /** [E, 2] the edge's faces, the lower index first; −1 in the second column marks a border. */
  readonly edgeFaces: Int32Array;
}

/**
 * Lists each edge once with its one or two faces.
 *
 * An edge that three or more faces share gets one row per pair of faces, so no face is lost.
 *
 * Half-edges are bucketed by their lower vertex (a counting sort), and the few of one bucket are compared one by one:
 * no hashing, neighbors in memory, and an order that depends on the mesh alone.
 */
export function buildEdges(mesh: TriangleMesh): MeshEdges {
  const { indices } = mesh;
  const vertexCount = mesh.positions.length / 3;
  const halfEdgeCount = indices.length;

  // (1) Bucket sizes: how many half-edges start at each lower vertex.
  const bucketStart = new Uint32Array(vertexCount + 1);
  for (let f = 0; f < halfEdgeCount; f += 3) {
    const a = indices[f];
    const b = indices[f + 1];
    const c = indices[f + 2];
    bucketStart[(a < b ? a : b) + 1]++;
    bucketStart[(b < c ? b : c) + 1]++;
    bucketStart[(c < a ? c : a) + 1]++;
  }
  for (let v = 0; v < vertexCount; v++) bucketStart[v + 1] += bucketStart[v];

  // (2) Pair the half-edges inside their bucket.
  const bucketEnd = bucketStart.slice(0, vertexCount);
  const high = new Uint32Array(halfEdgeCount);
  const firstFace = new Int32Array(halfEdgeCount);
  const secondFace = new Int32Array(halfEdgeCount);
  let edgeCount = 0;
  for (let h = 0, face = 0; h < halfEdgeCount; h += 3, face++) {
    for (let k = 0; k < 3; k++) {
      const from = indices[h + k];
      const to = indices[k === 2 ? h : h + k + 1];
      const low = from < to ? from : to;
      const other = from < to ? to : from;
      const end = bucketEnd[low];
      let slot = bucketStart[low];
      while (slot < end && (high[slot] !== other || secondFace[slot] >= 0)) slot++;
      if (slot < end) {
        secondFace[slot] = face;
        continue;
      }
      high[slot] = other;
      firstFace[slot] = face;
      secondFace[slot] = -1;
      bucketEnd[low] = slot + 1;
      edgeCount++;
    }
  }

  // (3) Close the gaps between the buckets.
  const edges = new Uint32Array(2 * edgeCount);
  const edgeFaces = new Int32Array(2 * edgeCount);
  for (let v = 0, e = 0; v < vertexCount; v++) {
    for (let slot = bucketStart[v]; slot < bucketEnd[v]; slot++, e += 2) {
      edges[e] = v;
      edges[e + 1] = high[slot];
      edgeFaces[e] = firstFace[slot];
      edgeFaces[e + 1] = secondFace[slot];
    }
  }
  return { edges, edgeFaces };
}
