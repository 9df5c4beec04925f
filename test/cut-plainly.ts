import type { TriangleMesh } from '../apps/gpu-runner/src/ssd/mesh.ts';
import { marchingTetrahedra } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/marching-tetrahedra.ts';
import type { SignedDistanceField } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/signed-distance-field.ts';
import type { TetrahedralGrid } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/tetrahedral-grid.ts';

/** A field's surface by asking for every vertex of a grid, one point at a time. */
export function cutPlainly(field: SignedDistanceField, grid: TetrahedralGrid): TriangleMesh {
  field.refresh();
  const { distance, offset } = field.probe();
  const p = grid.positions;
  const signedDistance = new Float32Array(p.length / 3);
  const offsets = new Float32Array(p.length);
  const at = new Float64Array(3);
  for (let v = 0; v < p.length; v += 3) {
    signedDistance[v / 3] = distance(p[v], p[v + 1], p[v + 2]);
    offset(p[v], p[v + 1], p[v + 2], at);
    offsets.set(at, v);
  }
  return marchingTetrahedra({ grid, signedDistance, offsets, offsetBound: field.offsetBound });
}
