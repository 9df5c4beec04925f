/**
 * One training step's surface: field → signed distances and offsets on the grid → mesh, and the way back.
 *
 * The signs of all grid vertices are right each step, so that no floater is missed; exact distances, offsets and
 * gradients concern only the few vertices that the surface passes.
 */
import {
  findCrossings,
  type GridCrossings,
  type MarchedMesh,
  type MarchingInput,
  marchingTetrahedra,
  marchingTetrahedraBackward,
} from './marching-tetrahedra.ts';
import { sampleSpline, sampleSplineBackward } from './sample-spline.ts';
import { refreshField, refreshFieldBackward, type SignedDistanceField } from './signed-distance-field.ts';
import type { TetrahedralGrid } from './tetrahedral-grid.ts';

/** A field bound to a grid, with the distances it remembers between steps. */
export interface SurfaceSampler {
  readonly field: SignedDistanceField;
  readonly grid: TetrahedralGrid;
  /** [G] the template's distance at each resting vertex: it never changes, so it is asked once. */
  readonly templateDistance: Float32Array;
  /** [G] the distance at each vertex when it was last evaluated; its sign is always the present one. */
  readonly signedDistance: Float32Array;
  /** [G] drift at which the vertex could first change its sign. */
  readonly safeUntil: Float64Array;
  /** Sum over all steps so far of the largest change of a distance coefficient. */
  drift: number;
  /** Coefficients of the latest extraction. */
  coefficients: Float32Array;
}

/** A surface with what its backward pass needs; valid until the next extraction from the same sampler. */
export interface ExtractedSurface {
  readonly mesh: MarchedMesh;
  readonly input: MarchingInput;
  readonly crossings: GridCrossings;
}

/** Covers float32 rounding of distances below 1 in the comparison with the drift. */
const ROUNDING_MARGIN = 1e-6;

/** Asks the template once per grid vertex. */
export function createSurfaceSampler(field: SignedDistanceField, grid: TetrahedralGrid): SurfaceSampler {
  const p = grid.positions;
  const vertexCount = p.length / 3;
  const templateDistance = new Float32Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) {
    templateDistance[v] = field.template(p[3 * v], p[3 * v + 1], p[3 * v + 2]);
  }
  return {
    field,
    grid,
    templateDistance,
    signedDistance: new Float32Array(vertexCount),
    safeUntil: new Float64Array(vertexCount),
    drift: 0,
    coefficients: new Float32Array(field.coefficients.length),
  };
}

/**
 * Extracts the surface for the field's present parameters.
 *
 * B-spline weights are positive and sum to one, so no distance changes by more than the largest change of a coefficient.
 * A vertex whose distance exceeded the drift since its last evaluation has kept its sign and is left alone: the mesh is
 * the same, bit for bit, as if all vertices were evaluated, at about a tenth of the evaluations.
 */
export function extractSurface(sampler: SurfaceSampler): ExtractedSurface {
  const { field, grid, signedDistance } = sampler;
  refreshField(field);
  sampler.drift += largestChange(sampler);
  sampler.coefficients = field.coefficients;
  evaluateDistances(sampler, unsafeVertices(sampler));
  const crossings = findCrossings(grid, signedDistance);
  evaluateDistances(sampler, crossings.vertices);
  const offsets = new Float32Array(grid.positions.length);
  sampleSpline(
    {
      pyramid: field.pyramid,
      positions: grid.positions,
      firstChannel: 1,
      channelCount: 3,
      rows: crossings.vertices,
    },
    field.coefficients,
    offsets,
  );
  const input = { grid, signedDistance, offsets, offsetBound: field.offsetBound };
  return { mesh: marchingTetrahedra(input, crossings), input, crossings };
}

function largestChange(sampler: SurfaceSampler): number {
  const { coefficients, field } = sampler;
  const next = field.coefficients;
  const distanceCount = next.length / field.pyramid.channelCount;
  let largest = 0;
  for (let i = 0; i < distanceCount; i++) {
    const change = Math.abs(next[i] - coefficients[i]);
    if (change > largest) largest = change;
  }
  return largest;
}

function unsafeVertices(sampler: SurfaceSampler): Uint32Array {
  const { safeUntil, drift } = sampler;
  const rows = new Uint32Array(safeUntil.length);
  let count = 0;
  for (let v = 0; v < safeUntil.length; v++) if (safeUntil[v] <= drift + ROUNDING_MARGIN) rows[count++] = v;
  return rows.subarray(0, count);
}

function evaluateDistances(sampler: SurfaceSampler, rows: Uint32Array): void {
  const { field, grid, templateDistance, signedDistance, safeUntil, drift } = sampler;
  for (let k = 0; k < rows.length; k++) signedDistance[rows[k]] = templateDistance[rows[k]];
  sampleSpline(
    { pyramid: field.pyramid, positions: grid.positions, firstChannel: 0, channelCount: 1, rows },
    field.coefficients,
    signedDistance,
  );
  for (let k = 0; k < rows.length; k++) safeUntil[rows[k]] = Math.abs(signedDistance[rows[k]]) + drift;
}

/** Adds the pull-back of a gradient at the mesh's vertices [V, 3] to the field's gradient. */
export function extractSurfaceBackward(
  sampler: SurfaceSampler,
  surface: ExtractedSurface,
  gradPositions: Float32Array,
): void {
  const { field, grid } = sampler;
  const gradSignedDistance = new Float32Array(grid.positions.length / 3);
  const gradOffsets = new Float32Array(grid.positions.length);
  marchingTetrahedraBackward(surface.input, surface.mesh, gradPositions, gradSignedDistance, gradOffsets);
  const gradCoefficients = new Float32Array(field.coefficients.length);
  const shared = { pyramid: field.pyramid, positions: grid.positions, rows: surface.crossings.vertices };
  sampleSplineBackward({ ...shared, firstChannel: 0, channelCount: 1 }, gradSignedDistance, gradCoefficients);
  sampleSplineBackward({ ...shared, firstChannel: 1, channelCount: 3 }, gradOffsets, gradCoefficients);
  refreshFieldBackward(field, gradCoefficients);
}
