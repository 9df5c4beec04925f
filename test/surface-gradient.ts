import {
  extractSurface,
  extractSurfaceBackward,
} from '../apps/gpu-runner/src/ssd/tetrahedral-grid/extract-surface.ts';
import { marchingTetrahedra } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/marching-tetrahedra.ts';
import type { SignedDistanceField } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/signed-distance-field.ts';
import type { TetrahedralGrid } from '../apps/gpu-runner/src/ssd/tetrahedral-grid/tetrahedral-grid.ts';
import { createRandom } from '../apps/gpu-runner/src/tensor/random.ts';
import { checkGradient } from './gradient-check.ts';

/**
 * Compares the gradient of a field's parameters through its surface with finite differences: the relative error of each
 * part, at the `count` of its parameters that count most.
 */
export async function surfaceGradientErrors(options: {
  readonly field: SignedDistanceField;
  readonly grid: TetrahedralGrid;
  /** First and last + 1 parameter of each. */
  readonly parts: readonly (readonly [number, number])[];
  readonly step: number;
  readonly count: number;
}): Promise<number[]> {
  const { field, grid, parts, step, count } = options;
  const { parameters, gradient } = field;
  const sampler = field.sampleOn(grid);
  const surface = await extractSurface(sampler);
  // Vertices at the edge margin are left out: there the backward pass looks through the clamp on purpose.
  const weights = createRandom(2, 'weights').normals(surface.mesh.positions.length);
  surface.mesh.edgeWeights.forEach((w, v) => {
    if (w < 0.02 || w > 0.98) weights.fill(0, 3 * v, 3 * v + 3);
  });
  const loss = (): number => {
    const positions = cutPlainly(field, grid);
    if (positions.length !== weights.length)
      throw new Error('surfaceGradientErrors: a step changed the triangles');
    return positions.reduce((sum, x, i) => sum + weights[i] * Math.sin(5 * x), 0);
  };
  const gradPositions = surface.mesh.positions.map((x, i) => weights[i] * 5 * Math.cos(5 * x));
  gradient.fill(0);
  await extractSurfaceBackward(sampler, surface, gradPositions);
  return parts.map(([first, end]) => {
    const indices = Array.from({ length: end - first }, (_, k) => first + k)
      .sort((a, b) => Math.abs(gradient[b]) - Math.abs(gradient[a]))
      .slice(0, count);
    return checkGradient({ parameters, gradient, loss, step, indices }).relativeError;
  });
}

/** Vertices [V, 3] of a field's surface by asking for every vertex of a grid, one point at a time. */
function cutPlainly(field: SignedDistanceField, grid: TetrahedralGrid): Float32Array {
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
  return marchingTetrahedra({ grid, signedDistance, offsets, offsetBound: field.offsetBound }).positions;
}
