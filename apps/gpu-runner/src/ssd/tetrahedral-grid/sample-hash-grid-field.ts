import type { HashGridFieldSettings } from './field-settings.ts';
import { gatherRows } from './gather-rows.ts';
import { findCrossings, type GridCrossings } from './marching-tetrahedra.ts';
import type { GridSample, SignedDistanceField, SurfaceSampler } from './signed-distance-field.ts';
import type { TetrahedralGrid } from './tetrahedral-grid.ts';

/** A hash-grid field, which answers batches of points. */
export interface HashGridField extends SignedDistanceField {
  readonly settings: HashGridFieldSettings;
  /** Features [N, features] at points [N, 3], world units. */
  encode(points: Float32Array): Float32Array;
  /** Distances [N], world units, and unbounded offsets [N, 3], at features. */
  distances(features: Float32Array): Promise<Float32Array>;
  offsets(features: Float32Array): Promise<Float32Array>;
  /** Adds the pull-back of a gradient at distances [N] alone, with the features of their points, to the field's gradient. */
  distancesBackward(points: Float32Array, features: Float32Array, gradDistances: Float32Array): Promise<void>;
}

/**
 * Binds a hash-grid field to a grid.
 *
 * Networks give no bound on how far a distance moves in a step, so a step evaluates the band around the surface it knows and
 * one vertex in `refreshSteps` of all others, in turn. Where that shows a sign that nobody knew, the neighbors are evaluated
 * too, until every cut tetrahedron has four present distances. So all of the surface in sight is exact, a new piece is
 * seen as soon as one of its vertices is due, and a piece of many vertices at once. The finished surface evaluates all.
 */
export function createHashGridSampler(field: HashGridField, grid: TetrahedralGrid): SurfaceSampler {
  const vertexCount = grid.positions.length / 3;
  const known = new Float32Array(vertexCount);
  // Which sample a vertex was last evaluated in, so that no vertex is evaluated twice in one.
  const evaluatedIn = new Int32Array(vertexCount).fill(-1);
  const { bandCells, refreshSteps } = field.settings;
  const band = bandCells * grid.cellSize;
  let count = 0;
  return {
    field,
    memory: { known },
    rewind(step) {
      count = step;
      evaluatedIn.fill(-1);
    },
    async sampleStep() {
      let rows = selectRows(vertexCount, (v) => {
        return count === 0 || Math.abs(known[v]) < band || v % refreshSteps === count % refreshSteps;
      });
      let crossings: GridCrossings;
      do {
        await evaluate(field, grid, rows, known);
        for (let k = 0; k < rows.length; k++) evaluatedIn[rows[k]] = count;
        crossings = findCrossings(grid, known);
        rows = crossings.vertices.filter((v) => evaluatedIn[v] !== count);
      } while (rows.length > 0);
      count++;
      return finish(field, grid, known, crossings);
    },
    async sampleWhole() {
      const all = new Float32Array(vertexCount);
      const rows = selectRows(vertexCount, () => true);
      await evaluate(field, grid, rows, all);
      return finish(field, grid, all, findCrossings(grid, all));
    },
  };
}

/** Writes the present distances at rows of the grid into `into` [G]. */
async function evaluate(
  field: HashGridField,
  grid: TetrahedralGrid,
  rows: Uint32Array,
  into: Float32Array,
): Promise<void> {
  const distances = await field.distances(field.encode(gatherRows(grid.positions, rows)));
  for (let k = 0; k < rows.length; k++) into[rows[k]] = distances[k];
}

/** Adds the offsets at the crossings' vertices. */
async function finish(
  field: HashGridField,
  grid: TetrahedralGrid,
  signedDistance: Float32Array,
  crossings: GridCrossings,
): Promise<GridSample> {
  const { vertices } = crossings;
  const atVertices = await field.offsets(field.encode(gatherRows(grid.positions, vertices)));
  const offsets = new Float32Array(grid.positions.length);
  for (let k = 0; k < vertices.length; k++) {
    offsets.set(atVertices.subarray(3 * k, 3 * k + 3), 3 * vertices[k]);
  }
  return { grid, signedDistance, offsets, crossings };
}

function selectRows(count: number, wanted: (v: number) => boolean): Uint32Array {
  const rows = new Uint32Array(count);
  let selected = 0;
  for (let v = 0; v < count; v++) if (wanted(v)) rows[selected++] = v;
  return rows.subarray(0, selected);
}
