import type { TriangleMesh } from '../mesh.ts';
import { computeVertexNormals } from './vertex-normals.ts';

/**
 * Smooth vertex normals that ignore UV seams: vertices at exactly the same position share one normal.
 *
 * Returns [V, 3] unit vectors in world space.
 */
export function computeWeldedNormals(mesh: TriangleMesh): Float32Array {
  const { positions: p } = mesh;
  const vertexCount = p.length / 3;
  const order = new Uint32Array(vertexCount).map((_, v) => v);
  const compare = (v: number, w: number): number =>
    p[v * 3] - p[w * 3] || p[v * 3 + 1] - p[w * 3 + 1] || p[v * 3 + 2] - p[w * 3 + 2];
  order.sort((v, w) => compare(v, w) || v - w);
  const twin = new Uint32Array(vertexCount);
  for (let n = 0; n < vertexCount; n++) {
    const v = order[n];
    twin[v] = n > 0 && compare(order[n - 1], v) === 0 ? twin[order[n - 1]] : v;
  }
  const welded = { positions: p, indices: mesh.indices.map((v) => twin[v]) };
  const { normals } = computeVertexNormals(welded);
  for (let v = 0; v < vertexCount; v++) {
    for (let c = 0; c < 3; c++) normals[v * 3 + c] = normals[twin[v] * 3 + c];
  }
  return normals;
}
