import { findCrossings } from './marching-tetrahedra.ts';
import { sampleSpline } from './sample-spline.ts';
import type {
  DistanceFunction,
  GridSample,
  SignedDistanceField,
  SurfaceSampler,
} from './signed-distance-field.ts';
import type { SplinePyramid } from './spline-pyramid.ts';
import type { TetrahedralGrid } from './tetrahedral-grid.ts';

/** A residual field's fixed layout and its state. */
export interface ResidualField extends SignedDistanceField {
  readonly template: DistanceFunction;
  readonly pyramid: SplinePyramid;
  /** The parameters collapsed onto the finest lattice, as of the latest `refresh`: channel 0 is the distance. */
  coefficients: Float32Array;
}

/** What a sampler knows of a residual field from step to step. */
interface KnownDistances {
  readonly field: ResidualField;
  readonly grid: TetrahedralGrid;
  /** [G] the template's distance at each resting vertex: it never changes, so it is asked once. */
  readonly templateDistance: Float32Array;
  /** [G] the distance at each vertex when it was last evaluated; its sign is always the present one. */
  readonly signedDistance: Float32Array;
  /** [G] drift at which the vertex could first change its sign. */
  readonly safeUntil: Float64Array;
  /** Sum over all samples so far of the largest change of a distance coefficient. */
  drift: number;
  /** Coefficients of the latest sample. */
  coefficients: Float32Array;
}

/** Covers float32 rounding of distances below 1 in the comparison with the drift. */
const ROUNDING_MARGIN = 1e-6;

/**
 * Binds a residual field to a grid: asks the template once per grid vertex.
 *
 * The signs of all grid vertices are right in each sample, so that no floater is missed: B-spline weights are positive and
 * sum to one, so no distance changes by more than the largest change of a coefficient. A vertex whose distance exceeded
 * the drift since its last evaluation has kept its sign and is left alone. The surface is the same, bit for bit, as if all
 * vertices were evaluated, at about a tenth of the evaluations, and so nothing needs to be remembered in a checkpoint.
 */
export function createResidualSampler(field: ResidualField, grid: TetrahedralGrid): SurfaceSampler {
  const p = grid.positions;
  const vertexCount = p.length / 3;
  const templateDistance = new Float32Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) {
    templateDistance[v] = field.template(p[3 * v], p[3 * v + 1], p[3 * v + 2]);
  }
  const known: KnownDistances = {
    field,
    grid,
    templateDistance,
    signedDistance: new Float32Array(vertexCount),
    safeUntil: new Float64Array(vertexCount),
    drift: 0,
    coefficients: new Float32Array(field.coefficients.length),
  };
  const sample = async (): Promise<GridSample> => sampleResidual(known);
  return { field, memory: {}, rewind: () => {}, sampleStep: sample, sampleWhole: sample };
}

function sampleResidual(known: KnownDistances): GridSample {
  const { field, grid, signedDistance } = known;
  field.refresh();
  known.drift += largestChange(known);
  known.coefficients = field.coefficients;
  evaluateDistances(known, unsafeVertices(known));
  const crossings = findCrossings(grid, signedDistance);
  evaluateDistances(known, crossings.vertices);
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
  return { grid, signedDistance, offsets, crossings };
}

function largestChange({ coefficients, field }: KnownDistances): number {
  const next = field.coefficients;
  const distanceCount = next.length / field.pyramid.channelCount;
  let largest = 0;
  for (let i = 0; i < distanceCount; i++) {
    const change = Math.abs(next[i] - coefficients[i]);
    if (change > largest) largest = change;
  }
  return largest;
}

function unsafeVertices({ safeUntil, drift }: KnownDistances): Uint32Array {
  const rows = new Uint32Array(safeUntil.length);
  let count = 0;
  for (let v = 0; v < safeUntil.length; v++) if (safeUntil[v] <= drift + ROUNDING_MARGIN) rows[count++] = v;
  return rows.subarray(0, count);
}

function evaluateDistances(known: KnownDistances, rows: Uint32Array): void {
  const { field, grid, templateDistance, signedDistance, safeUntil, drift } = known;
  for (let k = 0; k < rows.length; k++) signedDistance[rows[k]] = templateDistance[rows[k]];
  sampleSpline(
    { pyramid: field.pyramid, positions: grid.positions, firstChannel: 0, channelCount: 1, rows },
    field.coefficients,
    signedDistance,
  );
  for (let k = 0; k < rows.length; k++) safeUntil[rows[k]] = Math.abs(signedDistance[rows[k]]) + drift;
}
