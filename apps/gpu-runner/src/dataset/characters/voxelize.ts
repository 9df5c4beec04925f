import type { Material, Part, ShadingPoint } from '../part.ts';
import { createShadingPoint } from '../shading-point.ts';

/** Of the crown above the chin on the head at rest, decimeters. */
const HEAD_HEIGHT = 2.3;
/** An eyeball's place wins over lids and lashes in its cell: without it blocks show slits. */
const EYES_FIRST = 1.2;
const MOST_CHANNELS = 64;

const EMPTY = 0;
const OUTSIDE = 1;
const FULL = 2;

/** A box of cells around a head; cell (x, y, z) is number x + width · (y + height · z). */
interface Grid {
  /** Side of a cell, decimeters. */
  readonly cell: number;
  readonly low: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly state: Uint8Array;
  /** [cells, 4] the place nearest to each full cell's middle: part, three barycentric thirds follow from the triangle. */
  readonly part: Int16Array;
  readonly triangle: Int32Array;
  readonly distance: Float32Array;
}

/**
 * Rebuilds a head from equal blocks: every cell that a surface passes through becomes one, in the one color that the
 * surface's material has there, `blocksHigh` of them from chin to crown. Faces that can be seen from outside are quads with vertices of their own (flat normals).
 */
export function voxelize(parts: readonly Part[], blocksHigh: number): Part {
  const grid = createGrid(parts, HEAD_HEIGHT / blocksHigh);
  for (const [number, part] of parts.entries()) fillCells(grid, part, number);
  floodOutside(grid);
  const colors = colorCells(grid, parts);
  return emitFaces(grid, colors);
}

function createGrid(parts: readonly Part[], cell: number): Grid {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { mesh } of parts) {
    for (let i = 0; i < mesh.indices.length; i++) {
      for (let k = 0; k < 3; k++) {
        const value = mesh.positions[mesh.indices[i] * 3 + k];
        if (value < low[k]) low[k] = value;
        if (value > high[k]) high[k] = value;
      }
    }
  }
  // Cell borders fall on the middle plane, so that faces stay symmetric. One empty cell all around, but not below:
  // the neck is open there.
  const first = low.map((value, k) => (Math.floor(value / cell) - (k === 1 ? 0 : 1)) * cell);
  const [width, height, depth] = high.map((value, k) => Math.floor((value - first[k]) / cell) + 2);
  const cells = width * height * depth;
  return {
    cell,
    low: [first[0], first[1], first[2]],
    width,
    height,
    depth,
    state: new Uint8Array(cells),
    part: new Int16Array(cells).fill(-1),
    triangle: new Int32Array(cells),
    distance: new Float32Array(cells).fill(Infinity),
  };
}

/** Marks the cells that a part's triangles pass through, sampled at twice the grid's fineness. */
function fillCells(grid: Grid, part: Part, number: number): void {
  const { positions: p, indices } = part.mesh;
  const preference = part.name === 'eyes' ? EYES_FIRST : 0;
  for (let t = 0; t < indices.length; t += 3) {
    const a = 3 * indices[t];
    const b = 3 * indices[t + 1];
    const c = 3 * indices[t + 2];
    const size = Math.max(edge(p, a, b), edge(p, b, c), edge(p, c, a));
    const steps = Math.max(1, Math.ceil((2 * size) / grid.cell));
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps - i; j++) {
        const wb = (i + 1 / 3) / steps;
        const wc = (j + 1 / 3) / steps;
        const wa = 1 - wb - wc;
        fillCell(
          grid,
          wa * p[a] + wb * p[b] + wc * p[c],
          wa * p[a + 1] + wb * p[b + 1] + wc * p[c + 1],
          wa * p[a + 2] + wb * p[b + 2] + wc * p[c + 2],
          number,
          t,
          preference,
        );
      }
    }
  }
}

function edge(p: Float32Array, a: number, b: number): number {
  return Math.hypot(p[a] - p[b], p[a + 1] - p[b + 1], p[a + 2] - p[b + 2]);
}

function fillCell(
  grid: Grid,
  x: number,
  y: number,
  z: number,
  part: number,
  triangle: number,
  preference: number,
): void {
  const { cell: side, low, width, height, distance } = grid;
  const fx = (x - low[0]) / side;
  const fy = (y - low[1]) / side;
  const fz = (z - low[2]) / side;
  const ix = Math.floor(fx);
  const iy = Math.floor(fy);
  const iz = Math.floor(fz);
  const cell = ix + width * (iy + height * iz);
  // Nearest to the cell's middle; of two layers the outer one (hair, not the scalp under it).
  const away =
    Math.abs(fx - ix - 0.5) +
    Math.abs(fy - iy - 0.5) +
    Math.abs(fz - iz - 0.5) -
    4 * outerness(x, y, z) -
    preference;
  grid.state[cell] = FULL;
  if (away >= distance[cell]) return;
  distance[cell] = away;
  grid.part[cell] = part;
  grid.triangle[cell] = triangle;
}

/** Decimeters from the head's axis and middle. */
function outerness(x: number, y: number, z: number): number {
  return Math.hypot(x, 0.6 * (y - 7.3), z - 0.5);
}

/** Finds the empty cells that are connected to the space around the head. */
function floodOutside({ width, height, depth, state }: Grid): void {
  const layer = width * height;
  const stack = new Int32Array(state.length);
  let count = 0;
  const visit = (cell: number): void => {
    if (state[cell] !== EMPTY) return;
    state[cell] = OUTSIDE;
    stack[count++] = cell;
  };
  visit(width * (height - 1));
  while (count > 0) {
    const cell = stack[--count];
    const x = cell % width;
    const y = Math.floor(cell / width) % height;
    const z = Math.floor(cell / layer);
    if (x > 0) visit(cell - 1);
    if (x < width - 1) visit(cell + 1);
    if (y > 0) visit(cell - width);
    if (y < height - 1) visit(cell + width);
    if (z > 0) visit(cell - layer);
    if (z < depth - 1) visit(cell + layer);
  }
}

/** [cells, 4] color and emission of every full cell, by the materials at the middle of its chosen triangle. */
function colorCells(grid: Grid, parts: readonly Part[]): Float32Array {
  const { state, part, triangle } = grid;
  const colors = new Float32Array(state.length * 4);
  const channels = new Float32Array(MOST_CHANNELS);
  const point = createShadingPoint(channels);
  for (let cell = 0; cell < state.length; cell++) {
    if (state[cell] !== FULL) continue;
    const { mesh, channels: source, channelCount, material } = parts[part[cell]];
    const corners = mesh.indices.subarray(triangle[cell], triangle[cell] + 3);
    for (let k = 0; k < channelCount; k++) {
      let sum = 0;
      for (const v of corners) sum += source[v * channelCount + k];
      channels[k] = sum / 3;
    }
    placePoint(point, mesh.positions, corners);
    material.shade(point);
    colors[4 * cell] = point.red;
    colors[4 * cell + 1] = point.green;
    colors[4 * cell + 2] = point.blue;
    colors[4 * cell + 3] = point.emission;
  }
  return colors;
}

/** Puts the point in the middle of a triangle, seen straight from outside. */
function placePoint(point: ShadingPoint, p: Float32Array, [va, vb, vc]: Uint32Array): void {
  const a = 3 * va;
  const b = 3 * vb;
  const c = 3 * vc;
  point.x = (p[a] + p[b] + p[c]) / 3;
  point.y = (p[a + 1] + p[b + 1] + p[c + 1]) / 3;
  point.z = (p[a + 2] + p[b + 2] + p[c + 2]) / 3;
  const ux = p[b] - p[a];
  const uy = p[b + 1] - p[a + 1];
  const uz = p[b + 2] - p[a + 2];
  const wx = p[c] - p[a];
  const wy = p[c + 1] - p[a + 1];
  const wz = p[c + 2] - p[a + 2];
  const nx = uy * wz - uz * wy;
  const ny = uz * wx - ux * wz;
  const nz = ux * wy - uy * wx;
  const scale = 1 / (Math.hypot(nx, ny, nz) || 1);
  point.nx = nx * scale;
  point.ny = ny * scale;
  point.nz = nz * scale;
  point.vx = point.nx;
  point.vy = point.ny;
  point.vz = point.nz;
  point.gloss = 0;
  point.shininess = 20;
  point.metal = 0;
  point.emission = 0;
}

/** Axis and sign of the six sides of a cell with its corners, counterclockwise seen from outside. */
const SIDES: readonly {
  readonly step: readonly [number, number, number];
  readonly corners: readonly number[];
}[] = [
  { step: [1, 0, 0], corners: [1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1] },
  { step: [-1, 0, 0], corners: [0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0] },
  { step: [0, 1, 0], corners: [0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0] },
  { step: [0, -1, 0], corners: [0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1] },
  { step: [0, 0, 1], corners: [0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1] },
  { step: [0, 0, -1], corners: [0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0] },
];

/** Corners of a face in its own plane, for the line around every block. */
const FACE_CORNERS = [0, 0, 1, 0, 1, 1, 0, 1];

function emitFaces(grid: Grid, colors: Float32Array): Part {
  const { cell: side, low, width, height, depth, state } = grid;
  const positions: number[] = [];
  const channels: number[] = [];
  const indices: number[] = [];
  for (let cell = 0; cell < state.length; cell++) {
    if (state[cell] !== FULL) continue;
    const x = cell % width;
    const y = Math.floor(cell / width) % height;
    const z = Math.floor(cell / (width * height));
    for (const { step, corners } of SIDES) {
      const nx = x + step[0];
      const ny = y + step[1];
      const nz = z + step[2];
      if (nx < 0 || ny < 0 || nz < 0 || nx >= width || ny >= height || nz >= depth) continue;
      if (state[nx + width * (ny + height * nz)] !== OUTSIDE) continue;
      const first = positions.length / 3;
      for (let k = 0; k < 4; k++) {
        positions.push(
          low[0] + (x + corners[3 * k]) * side,
          low[1] + (y + corners[3 * k + 1]) * side,
          low[2] + (z + corners[3 * k + 2]) * side,
        );
        for (let c = 0; c < 4; c++) channels.push(colors[4 * cell + c]);
        channels.push(FACE_CORNERS[2 * k], FACE_CORNERS[2 * k + 1]);
      }
      indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
    }
  }
  return {
    name: 'blocks',
    mesh: { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) },
    channels: Float32Array.from(channels),
    channelCount: 6,
    material: BLOCK,
  };
}

const BLOCK: Material = {
  shade(point) {
    const { channels } = point;
    const rim = Math.min(channels[4], channels[5], 1 - channels[4], 1 - channels[5]);
    const shade = rim < 0.08 ? 0.82 : 1;
    point.red = channels[0] * shade;
    point.green = channels[1] * shade;
    point.blue = channels[2] * shade;
    point.emission = channels[3];
  },
};
