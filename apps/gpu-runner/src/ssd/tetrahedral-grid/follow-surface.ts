/**
 * A much finer grid, only where the surface is.
 *
 * The fine grid exists as numbers alone. From cells that the coarse surface passes, the search walks to every neighbor
 * that shares a cut octahedron; it ends when the surface is closed, so no band width has to be guessed.
 */
import { type CubeDivision, divideBox } from './box.ts';
import type { ExtractedSurface } from './extract-surface.ts';
import type { SignedDistanceField } from './signed-distance-field.ts';
import type { TetrahedralGrid } from './tetrahedral-grid.ts';
import { buildTetrahedronEdges } from './tetrahedron-edges.ts';

/** The cut tetrahedra of a grid, with what they are cut by. */
export interface CutGrid extends TetrahedralGrid {
  /** [G] negative inside, world units. */
  readonly signedDistance: Float32Array;
  /** [G, 3] unbounded offsets. */
  readonly offsets: Float32Array;
}

/**
 * Collects the tetrahedra with cells of `cellSize` (world units) that the field's surface cuts, wherever a piece of it was found
 * by the coarse extraction.
 */
export function followSurface(
  field: SignedDistanceField,
  coarse: ExtractedSurface,
  cellSize: number,
): CutGrid {
  const cells = createVirtualGrid(field, cellSize);
  const grid = collectCut(cells, seedCells(cells, coarse));
  return { ...grid, offsets: offsetsAt(field, grid.positions) };
}

/** A body-centered-cubic grid whose vertices are evaluated when they are first asked for. */
interface VirtualGrid {
  readonly division: CubeDivision;
  readonly cornerCount: number;
  /** [corners + centers] signed distances, not-a-number until evaluated. */
  readonly distances: Float32Array;
  distance(x: number, y: number, z: number): number;
}

function createVirtualGrid(field: SignedDistanceField, cellSize: number): VirtualGrid {
  const division = divideBox(field.box, cellSize);
  const [nx, ny, nz] = division.counts;
  const cornerCount = (nx + 1) * (ny + 1) * (nz + 1);
  const distances = new Float32Array(cornerCount + nx * ny * nz).fill(Number.NaN);
  return { division, cornerCount, distances, distance: field.probe().distance };
}

/** [N, 3] unbounded offsets at points [N, 3]. */
function offsetsAt(field: SignedDistanceField, positions: Float32Array): Float32Array {
  const probe = field.probe();
  const offset = new Float64Array(3);
  const offsets = new Float32Array(positions.length);
  for (let v = 0; v < positions.length; v += 3) {
    probe.offset(positions[v], positions[v + 1], positions[v + 2], offset);
    offsets.set(offset, v);
  }
  return offsets;
}

/** Cells along each coarse grid edge that the surface cuts: the sign changes in one of them. */
function seedCells(cells: VirtualGrid, coarse: ExtractedSurface): Set<number> {
  const { origin, counts, size } = cells.division;
  const { positions, edges, cellSize } = coarse.input.grid;
  const sampleCount = Math.ceil((2 * cellSize) / size) + 1;
  const seeds = new Set<number>();
  for (const edge of coarse.mesh.gridEdges) {
    const i = 3 * edges[2 * edge];
    const j = 3 * edges[2 * edge + 1];
    for (let k = 0; k <= sampleCount; k++) {
      const cell = [0, 1, 2].map((axis) => {
        const at = positions[i + axis] + (k / sampleCount) * (positions[j + axis] - positions[i + axis]);
        return Math.min(Math.max(Math.floor((at - origin[axis]) / size), 0), counts[axis] - 1);
      });
      seeds.add((cell[2] * counts[1] + cell[1]) * counts[0] + cell[0]);
    }
  }
  return seeds;
}

/** A cube's six faces: step to the neighbor and the face's corners, counterclockwise seen from the neighbor. */
const FACES: readonly { step: readonly number[]; ring: readonly (readonly number[])[] }[] = [
  {
    step: [1, 0, 0],
    ring: [
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 0, 1],
    ],
  },
  {
    step: [0, 1, 0],
    ring: [
      [0, 1, 0],
      [0, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
    ],
  },
  {
    step: [0, 0, 1],
    ring: [
      [0, 0, 1],
      [1, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
    ],
  },
  {
    step: [-1, 0, 0],
    ring: [
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
      [0, 1, 0],
    ],
  },
  {
    step: [0, -1, 0],
    ring: [
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    step: [0, 0, -1],
    ring: [
      [0, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
      [1, 0, 0],
    ],
  },
];

/**
 * Collects the cut tetrahedra of all pieces of surface that the seeds touch.
 *
 * A cut tetrahedron lies around the axis between two neighboring centers. Its cut neighbors lie around the same axis or
 * around another axis of one of the two cells, so visiting both cells of each cut octahedron reaches all of them.
 */
function collectCut(cells: VirtualGrid, seeds: Set<number>): Omit<CutGrid, 'offsets'> {
  const { division, cornerCount, distances } = cells;
  const [nx, ny, nz] = division.counts;
  const rowSize = nx + 1;
  const layerSize = rowSize * (ny + 1);
  const faces = FACES.map(({ step, ring }) => ({
    step,
    cellStep: (step[2] * ny + step[1]) * nx + step[0],
    ring: ring.map(([x, y, z]) => z * layerSize + y * rowSize + x),
  }));
  const tetrahedra: number[] = [];
  const visited = new Uint8Array(nx * ny * nz);
  const queue = [...seeds];
  for (const cell of queue) visited[cell] = 1;

  for (let head = 0; head < queue.length; head++) {
    const cell = queue[head];
    const x = cell % nx;
    const y = Math.floor(cell / nx) % ny;
    const z = Math.floor(cell / (nx * ny));
    const corner = z * layerSize + y * rowSize + x;
    const a = cornerCount + cell;
    const insideA = isInside(cells, a);
    for (let f = 0; f < 6; f++) {
      const { step, cellStep, ring } = faces[f];
      const [x1, y1, z1] = [x + step[0], y + step[1], z + step[2]];
      if (x1 < 0 || y1 < 0 || z1 < 0 || x1 >= nx || y1 >= ny || z1 >= nz) continue;
      const insideB = isInside(cells, a + cellStep);
      const insideRing = ring.map((offset) => isInside(cells, corner + offset));
      if (insideA === insideB && insideRing.every((inside) => inside === insideA)) continue;
      if (visited[cell + cellStep] === 0) {
        visited[cell + cellStep] = 1;
        queue.push(cell + cellStep);
      }
      // Both cells see this octahedron; the lower one writes it down.
      if (f >= 3) continue;
      for (let e = 0; e < 4; e++) {
        const next = (e + 1) & 3;
        if (insideA === insideB && insideRing[e] === insideA && insideRing[next] === insideA) continue;
        tetrahedra.push(a, a + cellStep, corner + ring[e], corner + ring[next]);
      }
    }
  }
  return compactGrid(cells, Uint32Array.from(tetrahedra), distances);
}

/** Renumbers the vertices that the tetrahedra use, in the order of their first use. */
function compactGrid(
  cells: VirtualGrid,
  tetrahedra: Uint32Array,
  distances: Float32Array,
): Omit<CutGrid, 'offsets'> {
  const newNumber = new Uint32Array(distances.length);
  const used = new Uint32Array(distances.length);
  let count = 0;
  for (let i = 0; i < tetrahedra.length; i++) {
    const vertex = tetrahedra[i];
    if (newNumber[vertex] === 0) {
      used[count++] = vertex;
      newNumber[vertex] = count;
    }
    tetrahedra[i] = newNumber[vertex] - 1;
  }
  const positions = new Float32Array(3 * count);
  const boundary = new Uint8Array(count);
  const signedDistance = new Float32Array(count);
  for (let v = 0; v < count; v++) {
    const place = placeVertex(cells, used[v]);
    positions.set(place.position, 3 * v);
    boundary[v] = place.outermost ? 1 : 0;
    signedDistance[v] = distances[used[v]];
  }
  const edges = buildTetrahedronEdges(tetrahedra, count);
  return { positions, tetrahedra, ...edges, boundary, cellSize: cells.division.size, signedDistance };
}

/** Whether a vertex is inside the surface; the outermost vertices never are, which closes the surface at the box. */
function isInside(cells: VirtualGrid, vertex: number): boolean {
  const known = cells.distances[vertex];
  if (!Number.isNaN(known)) return known < 0;
  const { position, outermost } = placeVertex(cells, vertex);
  const s = outermost ? cells.division.size : cells.distance(position[0], position[1], position[2]);
  cells.distances[vertex] = s;
  return cells.distances[vertex] < 0;
}

function placeVertex(cells: VirtualGrid, vertex: number): { position: number[]; outermost: boolean } {
  const { origin, counts, size } = cells.division;
  const isCenter = vertex >= cells.cornerCount;
  const along = counts.map((count) => (isCenter ? count : count + 1));
  const row = isCenter ? vertex - cells.cornerCount : vertex;
  const numbers = [
    row % along[0],
    Math.floor(row / along[0]) % along[1],
    Math.floor(row / (along[0] * along[1])),
  ];
  return {
    position: numbers.map((n, axis) => origin[axis] + (n + (isCenter ? 0.5 : 0)) * size),
    outermost: numbers.some((n, axis) => n === 0 || n === along[axis] - 1),
  };
}
