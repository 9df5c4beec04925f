/**
 * How a surface cuts a tetrahedron: sixteen cases, one bit per corner that lies inside.
 *
 *            3
 *           ╱│╲            corners 0 1 2 3 with det(p1 − p0, p2 − p0, p3 − p0) > 0:
 *         e2 │ e5          the viewer sees the faces 0 1 3 and 1 2 3 in front,
 *         ╱ e4  ╲          and 1 2 3 run counterclockwise as always seen from opposite corner 0;
 *        0┄┄┄┼┄e1┄2        edge e1 from 0 to 2 is behind.
 *         ╲  │  ╱
 *         e0 │ e3
 *           ╲│╱
 *            1
 *
 * One corner k alone inside gives the triangle on its three edges; the other corners are named in the order that makes
 * (k, …) an even permutation of (0, 1, 2, 3), so its normal points away from k. Two corners inside give a quadrilateral,
 * cut along its first diagonal. A case and its complement are the same triangles turned over.
 */

/** [6, 2] the corners of edges e0 … e5. */
export const TETRAHEDRON_EDGES = Uint8Array.of(0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3);

const NONE: readonly number[] = [];

// Bit k of the row number says that corner k is inside. Each row lists edges, three for a triangle.
const TRIANGLES_OF_CASE: readonly (readonly number[])[] = [
  NONE,
  [0, 1, 2], //          0
  [0, 4, 3], //          1
  [1, 2, 4, 1, 4, 3], // 0 1
  [1, 3, 5], //          2
  [2, 0, 3, 2, 3, 5], // 0 2
  [4, 5, 1, 4, 1, 0], // 1 2
  [2, 4, 5], //          0 1 2
  [2, 5, 4], //          3
  [0, 1, 5, 0, 5, 4], // 0 3
  [5, 3, 0, 5, 0, 2], // 1 3
  [5, 3, 1], //          0 1 3
  [3, 4, 2, 3, 2, 1], // 2 3
  [3, 4, 0], //          0 2 3
  [2, 1, 0], //          1 2 3
  NONE,
];

/** [16] triangles per case: 0, 1 or 2. */
export const TRIANGLE_COUNT = Uint8Array.from(TRIANGLES_OF_CASE, (edges) => edges.length / 3);

/** [16, 6] the triangles' edges, counterclockwise seen from outside; a row's tail beyond its count is unused. */
export const TRIANGLE_EDGES = Uint8Array.from(
  TRIANGLES_OF_CASE.flatMap((edges) => [...edges, ...new Array<number>(6 - edges.length).fill(0)]),
);
