import type { TriangleMesh } from '../mesh.ts';
import { findPieces } from '../mesh-pieces.ts';

/**
 * Keeps the largest connected piece and every other one of at least `smallestShare` of its volume.
 *
 * Distillation leaves crumbs outside the head and bubbles inside it. Bubbles have a negative volume, so they always go;
 * horns, hair and hats hang together with the head. Answers the same mesh when nothing is dropped; otherwise vertices and
 * triangles keep their order.
 */
export function removeFloaters(mesh: TriangleMesh, smallestShare = 0.05): TriangleMesh {
  const { positions, indices } = mesh;
  const pieceOfVertex = findPieces(mesh);
  const volume = new Float64Array(positions.length / 3);
  for (let f = 0; f < indices.length; f += 3) {
    volume[pieceOfVertex[indices[f]]] += coneVolume(positions, indices, f);
  }
  const largest = volume.reduce((most, v) => Math.max(most, v), 0);
  const kept = (vertex: number): boolean => volume[pieceOfVertex[vertex]] >= smallestShare * largest;

  const newIndex = new Int32Array(positions.length / 3).fill(-1);
  const keptPositions = new Float32Array(positions.length);
  let vertexCount = 0;
  for (let v = 0; v < newIndex.length; v++) {
    if (!kept(v)) continue;
    newIndex[v] = vertexCount;
    keptPositions.set(positions.subarray(3 * v, 3 * v + 3), 3 * vertexCount++);
  }
  if (vertexCount === newIndex.length) return mesh;
  const keptIndices = new Uint32Array(indices.length);
  let corner = 0;
  for (let h = 0; h < indices.length; h++) if (kept(indices[h])) keptIndices[corner++] = newIndex[indices[h]];
  return { positions: keptPositions.slice(0, 3 * vertexCount), indices: keptIndices.slice(0, corner) };
}

/** Signed volume of the cone from the origin to one triangle. */
function coneVolume(positions: Float32Array, indices: Uint32Array, f: number): number {
  const a = 3 * indices[f];
  const b = 3 * indices[f + 1];
  const c = 3 * indices[f + 2];
  const crossX = positions[b + 1] * positions[c + 2] - positions[b + 2] * positions[c + 1];
  const crossY = positions[b + 2] * positions[c] - positions[b] * positions[c + 2];
  const crossZ = positions[b] * positions[c + 1] - positions[b + 1] * positions[c];
  return (positions[a] * crossX + positions[a + 1] * crossY + positions[a + 2] * crossZ) / 6;
}
