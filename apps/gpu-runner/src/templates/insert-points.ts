/** A point in a triangle: shares of its three corners that add up to 1. */
export interface TrianglePoint {
  readonly triangle: number;
  readonly shares: readonly [number, number, number];
}

/** A mesh with the points as vertices. */
export interface MeshWithPoints {
  /** [V + N, 3]: the mesh's own vertices keep their numbers, point n becomes vertex V + n. */
  readonly positions: Float64Array;
  /** [F + 2N, 3]. */
  readonly triangles: Uint32Array;
  /** [F + 2N] the triangle that each one is a part of. */
  readonly sourceOfTriangle: Uint32Array;
}

/**
 * Makes points of a surface its vertices: each splits the triangle it lies in into three, and the surface stays where it
 * is. A point on an edge leaves one triangle without area, which keeps the surface closed.
 */
export function insertPoints(
  positions: Float64Array,
  triangles: Uint32Array,
  points: readonly TrianglePoint[],
): MeshWithPoints {
  const allPositions = [...positions];
  const all = [...triangles];
  const sources = Array.from({ length: triangles.length / 3 }, (_, f) => f);
  /** Parts of a triangle that points have split already. */
  const parts = new Map<number, number[]>();
  for (const { triangle, shares } of points) {
    const home = [...triangles.subarray(triangle * 3, triangle * 3 + 3)];
    const at = [0, 1, 2].map((a) => home.reduce((sum, v, k) => sum + shares[k] * allPositions[v * 3 + a], 0));
    const candidates = parts.get(triangle) ?? [triangle];
    const part = candidates.reduce((best, f) =>
      outsideness(allPositions, all, f, at) < outsideness(allPositions, all, best, at) ? f : best,
    );
    const [a, b, c] = all.slice(part * 3, part * 3 + 3);
    const vertex = allPositions.length / 3;
    allPositions.push(...at);
    all.splice(part * 3, 3, a, b, vertex);
    const first = all.length / 3;
    all.push(b, c, vertex, c, a, vertex);
    sources.push(triangle, triangle);
    parts.set(triangle, [...candidates, first, first + 1]);
  }
  return {
    positions: Float64Array.from(allPositions),
    triangles: Uint32Array.from(all),
    sourceOfTriangle: Uint32Array.from(sources),
  };
}

/** How much larger the three triangles from a point to the corners are than the triangle: 0 for points in it. */
function outsideness(
  positions: readonly number[],
  triangles: readonly number[],
  f: number,
  at: readonly number[],
): number {
  const [a, b, c] = triangles.slice(f * 3, f * 3 + 3).map((v) => positions.slice(v * 3, v * 3 + 3));
  return area(a, b, at) + area(b, c, at) + area(c, a, at) - area(a, b, c);
}

function area(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  return Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) / 2;
}
