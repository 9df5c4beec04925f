import type { TriangleMesh } from '../mesh.ts';
import type { ExtractedSurface } from './extract-surface.ts';
import { followSurface } from './follow-surface.ts';
import { marchingTetrahedra } from './marching-tetrahedra.ts';
import { removeFloaters } from './remove-floaters.ts';
import type { SignedDistanceField } from './signed-distance-field.ts';

/**
 * The frozen mesh: extracts the field's surface with cells of `cellSize` (world units), watertight, without floaters.
 *
 * `coarse` is the latest extraction: each of its pieces is found again. A cell of 0.014 head heights gives about 200,000
 * triangles for a head.
 */
export function refineSurface(
  field: SignedDistanceField,
  coarse: ExtractedSurface,
  cellSize: number,
): TriangleMesh {
  const { signedDistance, offsets, ...grid } = followSurface(field, coarse, cellSize);
  const { offsetBound } = field;
  const { positions, indices } = marchingTetrahedra({ grid, signedDistance, offsets, offsetBound });
  return removeFloaters({ positions, indices });
}
