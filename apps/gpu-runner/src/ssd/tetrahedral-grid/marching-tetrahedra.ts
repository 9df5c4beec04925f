/**
 * Marching tetrahedra with a backward pass.
 *
 * Grid vertex i rests at p_i and is displaced to x_i = p_i + bound · tanh(o_i). Where the signed distances s_i and s_j at
 * the ends of an edge differ in sign, the surface has a vertex
 *
 *     x = x_i + w (x_j − x_i),   w = s_i / (s_i − s_j)
 *
 * so ∂x/∂s_i = −s_j / (s_i − s_j)² (x_j − x_i), ∂x/∂s_j = s_i / (s_i − s_j)² (x_j − x_i), and ∂x/∂x_i = 1 − w.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.2 geometry stage; Shen et al. 2021, "Deep Marching Tetrahedra", §3.
 */
import type { TriangleMesh } from '../mesh.ts';
import { TRIANGLE_COUNT, TRIANGLE_EDGES } from './marching-tables.ts';
import type { TetrahedralGrid } from './tetrahedral-grid.ts';

/** Where the surface passes through a grid. */
export interface GridCrossings {
  /** [A] tetrahedra with corners on both sides, ascending. */
  readonly tetrahedra: Uint32Array;
  /** [A] their cases: bit k says that corner k is inside. */
  readonly cases: Uint8Array;
  /** [K] grid vertices of these tetrahedra, ascending: the only ones whose distance or offset shapes the mesh. */
  readonly vertices: Uint32Array;
}

/** What the surface is cut from. */
export interface MarchingInput {
  readonly grid: TetrahedralGrid;
  /** [G] negative inside, world units. */
  readonly signedDistance: Float32Array;
  /** [G, 3] unbounded vertex offsets o; read only at the crossing's vertices. */
  readonly offsets: Float32Array;
  /** Largest displacement per axis, world units. */
  readonly offsetBound: number;
}

/** A cut surface that remembers which grid edge each vertex lies on. */
export interface MarchedMesh extends TriangleMesh {
  /** [V] index of the grid edge that holds the vertex. */
  readonly gridEdges: Uint32Array;
  /** [V] place w of the vertex along its edge, 0 at the edge's lower grid vertex. */
  readonly edgeWeights: Float32Array;
}

/**
 * Vertices keep this far from the ends of their edge (as a share of it): a distance of exactly 0 would collapse the
 * triangles around a grid vertex to a point without a normal. The backward pass looks through the clamp, so that a grid
 * vertex on the surface still learns to which side it belongs.
 */
const EDGE_MARGIN = 0.005;

/** Smallest |s_i − s_j| that the backward pass divides by, as a share of the cell size. */
const SMALLEST_SPAN = 1e-3;

/** Distance of a border vertex that the field wants inside, as a share of the cell size. */
const BORDER_DISTANCE = 0.25;

/** Finds the tetrahedra that the surface cuts. Border vertices count as outside, so every surface is closed. */
export function findCrossings(grid: TetrahedralGrid, signedDistance: Float32Array): GridCrossings {
  const { tetrahedra, boundary } = grid;
  const vertexCount = grid.positions.length / 3;
  const tetrahedronCount = tetrahedra.length / 4;
  const inside = new Uint8Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) inside[v] = signedDistance[v] < 0 && boundary[v] === 0 ? 1 : 0;

  const active = new Uint32Array(tetrahedronCount);
  const cases = new Uint8Array(tetrahedronCount);
  const touched = new Uint8Array(vertexCount);
  let activeCount = 0;
  for (let t = 0, q = 0; t < tetrahedronCount; t++, q += 4) {
    const a = tetrahedra[q];
    const b = tetrahedra[q + 1];
    const c = tetrahedra[q + 2];
    const d = tetrahedra[q + 3];
    const code = inside[a] | (inside[b] << 1) | (inside[c] << 2) | (inside[d] << 3);
    if (code === 0 || code === 15) continue;
    active[activeCount] = t;
    cases[activeCount++] = code;
    touched[a] = touched[b] = touched[c] = touched[d] = 1;
  }

  let touchedCount = 0;
  for (let v = 0; v < vertexCount; v++) touchedCount += touched[v];
  const vertices = new Uint32Array(touchedCount);
  for (let v = 0, k = 0; v < vertexCount; v++) if (touched[v] === 1) vertices[k++] = v;
  return { tetrahedra: active.slice(0, activeCount), cases: cases.slice(0, activeCount), vertices };
}

/**
 * Cuts the surface of zero signed distance: watertight, counterclockwise seen from outside.
 *
 * Vertices are numbered in the order in which the tetrahedra first meet them.
 */
export function marchingTetrahedra(
  input: MarchingInput,
  crossings: GridCrossings = findCrossings(input.grid, input.signedDistance),
): MarchedMesh {
  const { edges, tetrahedronEdges } = input.grid;
  const { tetrahedra, cases } = crossings;

  // (1) Triangles, with a mesh vertex for each grid edge when it is first met (0 means not met).
  let cornerCount = 0;
  for (let k = 0; k < cases.length; k++) cornerCount += 3 * TRIANGLE_COUNT[cases[k]];
  const indices = new Uint32Array(cornerCount);
  const vertexOfEdge = new Uint32Array(edges.length / 2);
  const metEdges = new Uint32Array(cornerCount);
  let vertexCount = 0;
  let corner = 0;
  for (let k = 0; k < tetrahedra.length; k++) {
    const tableRow = 6 * cases[k];
    const edgeRow = 6 * tetrahedra[k];
    const size = 3 * TRIANGLE_COUNT[cases[k]];
    for (let i = 0; i < size; i++) {
      const edge = tetrahedronEdges[edgeRow + TRIANGLE_EDGES[tableRow + i]];
      if (vertexOfEdge[edge] === 0) {
        metEdges[vertexCount++] = edge;
        vertexOfEdge[edge] = vertexCount;
      }
      indices[corner++] = vertexOfEdge[edge] - 1;
    }
  }

  // (2) Place the vertices between the displaced ends of their edges.
  const gridEdges = metEdges.slice(0, vertexCount);
  const displaced = displaceVertices(input, crossings.vertices);
  const positions = new Float32Array(3 * vertexCount);
  const edgeWeights = new Float32Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) {
    const i = edges[2 * gridEdges[v]];
    const j = edges[2 * gridEdges[v] + 1];
    const si = distanceOf(input, i);
    const sj = distanceOf(input, j);
    const w = Math.min(Math.max(si / (si - sj), EDGE_MARGIN), 1 - EDGE_MARGIN);
    edgeWeights[v] = w;
    for (let axis = 0; axis < 3; axis++) {
      const xi = displaced[3 * i + axis];
      positions[3 * v + axis] = xi + w * (displaced[3 * j + axis] - xi);
    }
  }
  return { positions, indices, gridEdges, edgeWeights };
}

/**
 * Pulls a gradient at the mesh's vertices [V, 3] back to the signed distances [G] and the unbounded offsets [G, 3].
 *
 * Adds into the two given arrays; only the crossing's vertices receive anything.
 */
export function marchingTetrahedraBackward(
  input: MarchingInput,
  mesh: MarchedMesh,
  gradPositions: Float32Array,
  gradSignedDistance: Float32Array,
  gradOffsets: Float32Array,
): void {
  const { grid, signedDistance, offsets, offsetBound } = input;
  const { positions, edges } = grid;
  const smallestSpan = SMALLEST_SPAN * grid.cellSize;
  for (let v = 0; v < mesh.gridEdges.length; v++) {
    const i = edges[2 * mesh.gridEdges[v]];
    const j = edges[2 * mesh.gridEdges[v] + 1];
    const w = mesh.edgeWeights[v];
    let gradWeight = 0;
    for (let axis = 0; axis < 3; axis++) {
      const gi = 3 * i + axis;
      const gj = 3 * j + axis;
      const g = gradPositions[3 * v + axis];
      const ti = Math.tanh(offsets[gi]);
      const tj = Math.tanh(offsets[gj]);
      gradWeight += g * (positions[gj] - positions[gi] + offsetBound * (tj - ti));
      gradOffsets[gi] += g * (1 - w) * offsetBound * (1 - ti * ti);
      gradOffsets[gj] += g * w * offsetBound * (1 - tj * tj);
    }
    // The header's slopes in terms of w and u = s_i − s_j: ∂w/∂s_i = (1 − w)/u and ∂w/∂s_j = w/u.
    const si = distanceOf(input, i);
    const sj = distanceOf(input, j);
    const span = si - sj;
    const safeSpan = Math.abs(span) < smallestSpan ? (span < 0 ? -smallestSpan : smallestSpan) : span;
    // A border vertex held at its smallest distance does not answer to the field.
    if (si === signedDistance[i]) gradSignedDistance[i] += (gradWeight * (1 - w)) / safeSpan;
    if (sj === signedDistance[j]) gradSignedDistance[j] += (gradWeight * w) / safeSpan;
  }
}

/** The distance that the cut uses: the border never comes inside. */
function distanceOf(input: MarchingInput, v: number): number {
  const s = input.signedDistance[v];
  return input.grid.boundary[v] === 0 ? s : Math.max(s, BORDER_DISTANCE * input.grid.cellSize);
}

/** [G, 3] displaced positions, filled at the given vertices only: one tanh per component instead of one per edge end. */
function displaceVertices(input: MarchingInput, vertices: Uint32Array): Float32Array {
  const { offsets, offsetBound } = input;
  const displaced = new Float32Array(input.grid.positions.length);
  for (let k = 0; k < vertices.length; k++) {
    const first = 3 * vertices[k];
    for (let c = first; c < first + 3; c++) {
      displaced[c] = input.grid.positions[c] + offsetBound * Math.tanh(offsets[c]);
    }
  }
  return displaced;
}
