import { type Box, type CubeDivision, divideBox } from './box.ts';
import { buildTetrahedronEdges } from './tetrahedron-edges.ts';

/** Tetrahedra that fill a part of space without gaps; a distance at each vertex cuts a surface out of them. */
export interface TetrahedralGrid {
  /** [G, 3] resting vertex positions, world space. */
  readonly positions: Float32Array;
  /** [T, 4] vertex indices; det(p1 − p0, p2 − p0, p3 − p0) > 0. */
  readonly tetrahedra: Uint32Array;
  /** [E, 2] unique edges, the lower vertex first. */
  readonly edges: Uint32Array;
  /** [T, 6] edge indices in the order of `TETRAHEDRON_EDGES`. */
  readonly tetrahedronEdges: Uint32Array;
  /** [G] 1 where the vertex lies on the outside of the grid: such vertices always count as outside the surface. */
  readonly boundary: Uint8Array;
  /** Edge of the cubes that the tetrahedra come from, world units. */
  readonly cellSize: number;
}

/**
 * Builds a body-centered-cubic grid over a box.
 *
 * Vertices are the corners of the cubes and then their centers. Two cubes that share a face span an octahedron of
 * their centers a, b and the face's four corners; it falls into four tetrahedra around the axis a–b, all congruent:
 *
 *        q3───q2
 *       ╱ │   ╱│        a ── b is the axis,
 *      a  q0──q1  b     q0 q1 q2 q3 the shared face, counterclockwise seen from b
 *
 * The half octahedra at the faces of the box are left out, so the outermost corners and centers form the grid's border.
 *
 * References: Labelle and Shewchuk 2007, "Isosurface stuffing", §3 (the lattice).
 */
export function createTetrahedralGrid(box: Box, cellSize: number): TetrahedralGrid {
  const division = divideBox(box, cellSize);
  const { positions, boundary } = placeVertices(division);
  const tetrahedra = spanTetrahedra(division);
  const { edges, tetrahedronEdges } = buildTetrahedronEdges(tetrahedra, positions.length / 3);
  return { positions, tetrahedra, edges, tetrahedronEdges, boundary, cellSize };
}

function placeVertices(division: CubeDivision): { positions: Float32Array; boundary: Uint8Array } {
  const [nx, ny, nz] = division.counts;
  const cornerCount = (nx + 1) * (ny + 1) * (nz + 1);
  const positions = new Float32Array(3 * (cornerCount + nx * ny * nz));
  const boundary = new Uint8Array(positions.length / 3);
  let v = 0;
  const fill = (mx: number, my: number, mz: number, shift: number): void => {
    for (let z = 0; z < mz; z++) {
      for (let y = 0; y < my; y++) {
        for (let x = 0; x < mx; x++, v++) {
          positions[3 * v] = division.origin[0] + (x + shift) * division.size;
          positions[3 * v + 1] = division.origin[1] + (y + shift) * division.size;
          positions[3 * v + 2] = division.origin[2] + (z + shift) * division.size;
          const outermost = x === 0 || y === 0 || z === 0 || x === mx - 1 || y === my - 1 || z === mz - 1;
          boundary[v] = outermost ? 1 : 0;
        }
      }
    }
  };
  fill(nx + 1, ny + 1, nz + 1, 0);
  fill(nx, ny, nz, 0.5);
  return { positions, boundary };
}

function spanTetrahedra(division: CubeDivision): Uint32Array {
  const [nx, ny, nz] = division.counts;
  const rowSize = nx + 1;
  const layerSize = rowSize * (ny + 1);
  const cornerCount = layerSize * (nz + 1);
  const faceCount = (nx - 1) * ny * nz + nx * (ny - 1) * nz + nx * ny * (nz - 1);
  const tetrahedra = new Uint32Array(16 * faceCount);
  let t = 0;
  const span = (a: number, b: number, q0: number, q1: number, q2: number, q3: number): void => {
    t = writeTetrahedron(tetrahedra, t, a, b, q0, q1);
    t = writeTetrahedron(tetrahedra, t, a, b, q1, q2);
    t = writeTetrahedron(tetrahedra, t, a, b, q2, q3);
    t = writeTetrahedron(tetrahedra, t, a, b, q3, q0);
  };
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        const center = cornerCount + (z * ny + y) * nx + x;
        const corner = z * layerSize + y * rowSize + x;
        // The far corner of the cube belongs to all three faces towards +x, +y and +z.
        const far = corner + 1 + rowSize + layerSize;
        if (x + 1 < nx) {
          span(center, center + 1, corner + 1, corner + 1 + rowSize, far, corner + 1 + layerSize);
        }
        if (y + 1 < ny) {
          span(
            center,
            center + nx,
            corner + rowSize,
            corner + rowSize + layerSize,
            far,
            corner + rowSize + 1,
          );
        }
        if (z + 1 < nz) {
          span(center, center + nx * ny, corner + layerSize, corner + layerSize + 1, far, far - 1);
        }
      }
    }
  }
  return tetrahedra;
}

function writeTetrahedron(
  target: Uint32Array,
  t: number,
  a: number,
  b: number,
  c: number,
  d: number,
): number {
  target[t] = a;
  target[t + 1] = b;
  target[t + 2] = c;
  target[t + 3] = d;
  return t + 4;
}
