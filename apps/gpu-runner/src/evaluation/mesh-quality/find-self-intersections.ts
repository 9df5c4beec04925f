import type { TriangleMesh } from '../../ssd/mesh.ts';
import { segmentCrossesTriangle } from './segment-crosses-triangle.ts';

/** Pairs of triangles that pass through each other. */
export interface SelfIntersections {
  /** [P, 2] triangles, the lower one first. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Triangles in any pair. */
  readonly triangleCount: number;
}

/**
 * Finds the triangles of a mesh that pass through others of it.
 *
 * A uniform grid over the triangles' boxes names the candidates. Two triangles without a common vertex cross where an
 * edge of one passes through the other; with one common vertex only the edges opposite to it can. Triangles at a
 * common edge are neighbors of a surface and never counted, nor is what only touches. Vertices are compared by number:
 * weld the mesh first.
 */
export function findSelfIntersections(mesh: TriangleMesh): SelfIntersections {
  const pairs: [number, number][] = [];
  const touched = new Set<number>();
  const boxes = triangleBoxes(mesh);
  forCandidates(mesh, boxes, (s, t) => {
    if (!boxesMeet(boxes, s, t) || !trianglesCross(mesh, s, t)) return;
    pairs.push([s, t]);
    touched.add(s).add(t);
  });
  pairs.sort(([a, b], [c, d]) => a - c || b - d);
  return { pairs, triangleCount: touched.size };
}

/** Whether two triangles of a mesh pass through each other. */
export function trianglesCross({ positions, indices }: TriangleMesh, s: number, t: number): boolean {
  const own = [indices[3 * s], indices[3 * s + 1], indices[3 * s + 2]];
  const other = [indices[3 * t], indices[3 * t + 1], indices[3 * t + 2]];
  const common = own.filter((vertex) => other.includes(vertex));
  if (common.length > 1) return false;
  return anEdgeCrosses(positions, own, other, common) || anEdgeCrosses(positions, other, own, common);
}

/** Whether an edge of `from` that has no common vertex passes through `through`. */
function anEdgeCrosses(
  positions: Float32Array,
  from: readonly number[],
  through: readonly number[],
  common: readonly number[],
): boolean {
  const [a, b, c] = through.map((vertex) => 3 * vertex);
  return from.some((vertex, k) => {
    const next = from[(k + 1) % 3];
    if (common.includes(vertex) || common.includes(next)) return false;
    return segmentCrossesTriangle(positions, 3 * vertex, 3 * next, a, b, c);
  });
}

/** [F, 6] least x, y, z and greatest x, y, z. */
function triangleBoxes({ positions, indices }: TriangleMesh): Float32Array {
  const boxes = new Float32Array(2 * indices.length);
  for (let f = 0; f < indices.length / 3; f++) {
    for (let axis = 0; axis < 3; axis++) {
      const [a, b, c] = [0, 1, 2].map((k) => positions[3 * indices[3 * f + k] + axis]);
      boxes[6 * f + axis] = Math.min(a, b, c);
      boxes[6 * f + 3 + axis] = Math.max(a, b, c);
    }
  }
  return boxes;
}

function boxesMeet(boxes: Float32Array, s: number, t: number): boolean {
  for (let axis = 0; axis < 3; axis++) {
    if (boxes[6 * s + axis] > boxes[6 * t + 3 + axis] || boxes[6 * t + axis] > boxes[6 * s + 3 + axis]) {
      return false;
    }
  }
  return true;
}

/** Cells along the longest side of the grid, at most. */
const CELLS_MAX = 64;

/** Names every pair of triangles (the lower one first, each pair once) whose boxes share a cell of the grid. */
function forCandidates(
  mesh: TriangleMesh,
  boxes: Float32Array,
  onPair: (s: number, t: number) => void,
): void {
  const count = mesh.indices.length / 3;
  if (count === 0) return;

  // (1) The grid: about as many cells along the surface as triangles.
  const low = [0, 1, 2].map((axis) => extreme(boxes, axis, Math.min));
  const high = [3, 4, 5].map((axis) => extreme(boxes, axis, Math.max));
  const longest = Math.max(...high.map((value, axis) => value - low[axis]));
  const cellSize = longest / Math.min(CELLS_MAX, Math.max(1, Math.ceil(Math.sqrt(count / 2)))) || 1;
  const size = high.map((value, axis) => Math.floor((value - low[axis]) / cellSize) + 1);
  const cellAt = (value: number, axis: number): number =>
    Math.min(size[axis] - 1, Math.floor((value - low[axis]) / cellSize));
  const span = (f: number) =>
    [0, 1, 2].map((axis) => [cellAt(boxes[6 * f + axis], axis), cellAt(boxes[6 * f + 3 + axis], axis)]);
  const forCells = (f: number, visit: (cell: number) => void): void => {
    const [[x0, x1], [y0, y1], [z0, z1]] = span(f);
    for (let z = z0; z <= z1; z++) {
      for (let y = y0; y <= y1; y++) {
        for (let x = x0; x <= x1; x++) visit((z * size[1] + y) * size[0] + x);
      }
    }
  };

  // (2) Triangles by cell, a counting sort.
  const starts = new Uint32Array(size[0] * size[1] * size[2] + 1);
  for (let f = 0; f < count; f++) forCells(f, (cell) => starts[cell + 1]++);
  for (let cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
  const ends = starts.slice(0, -1);
  const members = new Uint32Array(starts[starts.length - 1]);
  for (let f = 0; f < count; f++) forCells(f, (cell) => (members[ends[cell]++] = f));

  // (3) Partners of each triangle with a higher number, each once although they may share several cells.
  const seenBy = new Int32Array(count).fill(-1);
  for (let f = 0; f < count; f++) {
    forCells(f, (cell) => {
      for (let i = starts[cell]; i < starts[cell + 1]; i++) {
        const other = members[i];
        if (other <= f || seenBy[other] === f) continue;
        seenBy[other] = f;
        onPair(f, other);
      }
    });
  }
}

function extreme(boxes: Float32Array, offset: number, choose: (a: number, b: number) => number): number {
  let found = boxes[offset];
  for (let i = offset; i < boxes.length; i += 6) found = choose(found, boxes[i]);
  return found;
}
