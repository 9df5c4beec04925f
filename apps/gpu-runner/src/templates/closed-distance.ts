import { createTriangleTree, type TriangleTree } from './triangle-tree.ts';

/** Signed distances on a regular grid: value of node (i, j, k) at index (k·ny + j)·nx + i. */
export interface DistanceGrid {
  readonly origin: readonly [number, number, number];
  readonly spacing: number;
  readonly size: readonly [number, number, number];
  readonly values: Float64Array;
}

const MARGIN = 0.12;

/**
 * Signed distance to the closed head: the union of surfaces that overlap and have holes, cut flat at `cutY`.
 *
 * (1) The generalized winding number tells inside from outside and so closes the lips and seals the eyes.
 * (2) Space that no path on the grid joins with the outside (sockets behind the eyeballs) counts as inside.
 * (3) Distances are exact ones to the triangles that face the outside, to the flat cut, and to single points where
 * a hole was closed.
 *
 * With `sealGaps`, for surfaces that still have their mouth and eye sockets, a way into the inside counts only where it is
 * at least one spacing wide, and (3) leaves out the triangles that face such a pocket.
 *
 * References: Jacobson et al. 2013, Robust inside-outside segmentation using generalized winding numbers.
 */
export function closedDistance(
  triangles: Float64Array,
  cutY: number,
  spacing: number,
  options: { readonly sealGaps: boolean } = { sealGaps: false },
): DistanceGrid {
  const { origin, size } = gridAround(triangles, cutY, spacing);
  const [nx, ny, nz] = size;
  const whole = createTriangleTree(triangles);

  // (1), (2)
  const gap = options.sealGaps ? spacing / 2 : 0;
  const outside = outsideNodes(whole, origin, size, spacing, cutY, gap);

  // (3)
  const isReached = (x: number, y: number, z: number): boolean =>
    !options.sealGaps || anyNodeAround({ origin, spacing, size, values: outside }, x, y, z);
  const outer = clipAbove(outerTriangles(triangles, whole, spacing, isReached), cutY);
  const cap = capDistance(whole, cutY);
  const outerTree = createTriangleTree(outer);
  const near = (x: number, y: number, z: number): number =>
    Math.min(outerTree.distance(x, y, z, 2 * spacing), cap(x, y, z));
  const seals = sealPoints(outside, near, origin, size, spacing);
  const sealed = new Float64Array(outer.length + seals.length * 9);
  sealed.set(outer);
  for (const [i, p] of seals.entries()) sealed.set([...p, ...p, ...p], outer.length + i * 9);
  const tree = createTriangleTree(sealed);

  const values = new Float64Array(nx * ny * nz);
  for (let k = 0, node = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      // The nearest surface of the neighbor bounds this node's search.
      let bound = Number.POSITIVE_INFINITY;
      for (let i = 0; i < nx; i++, node++) {
        const [x, y, z] = [origin[0] + i * spacing, origin[1] + j * spacing, origin[2] + k * spacing];
        const distance = Math.min(tree.distance(x, y, z, bound), cap(x, y, z));
        values[node] = outside[node] === 1 ? distance : -distance;
        bound = distance + spacing * 1.001;
      }
    }
  }
  return { origin, spacing, size, values };
}

function gridAround(
  triangles: Float64Array,
  cutY: number,
  spacing: number,
): Pick<DistanceGrid, 'origin' | 'size'> {
  const above = clipAbove(triangles, cutY);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < above.length; i++) {
    low[i % 3] = Math.min(low[i % 3], above[i]);
    high[i % 3] = Math.max(high[i % 3], above[i]);
  }
  // Symmetric in x, with a node on the middle plane.
  const half = Math.ceil((Math.max(high[0], -low[0]) + MARGIN) / spacing);
  const nodes = (a: number): number => Math.ceil((high[a] - low[a] + 2 * MARGIN) / spacing) + 1;
  return {
    origin: [-half * spacing, low[1] - MARGIN, low[2] - MARGIN],
    size: [2 * half + 1, nodes(1), nodes(2)],
  };
}

/** 1 for nodes that the outside reaches without coming nearer than `gap` to a surface, and their free neighbors; else 0. */
function outsideNodes(
  tree: TriangleTree,
  origin: DistanceGrid['origin'],
  size: DistanceGrid['size'],
  spacing: number,
  cutY: number,
  gap: number,
): Uint8Array {
  const [nx, ny, nz] = size;
  const isWide = (node: number): boolean => {
    if (gap === 0) return true;
    const at = [node % nx, Math.floor(node / nx) % ny, Math.floor(node / (nx * ny))];
    const [x, y, z] = at.map((n, a) => origin[a] + n * spacing);
    return y < cutY || tree.distance(x, y, z, gap) >= gap;
  };
  const free = new Uint8Array(nx * ny * nz);
  for (let k = 0, node = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const y = origin[1] + j * spacing;
      for (let i = 0; i < nx; i++, node++) {
        free[node] =
          y < cutY || tree.windingNumber(origin[0] + i * spacing, y, origin[2] + k * spacing) < 0.5 ? 1 : 0;
      }
    }
  }
  const reached = new Uint8Array(free.length);
  const queue = [0];
  reached[0] = 1;
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const other of neighbors(node, nx, ny, nz)) {
      if (free[other] === 1 && reached[other] === 0) {
        reached[other] = 1;
        if (isWide(other)) queue.push(other);
      }
    }
  }
  return reached;
}

function neighbors(node: number, nx: number, ny: number, nz: number): number[] {
  const i = node % nx;
  const j = Math.floor(node / nx) % ny;
  const k = Math.floor(node / (nx * ny));
  const found: number[] = [];
  if (i > 0) found.push(node - 1);
  if (i < nx - 1) found.push(node + 1);
  if (j > 0) found.push(node - nx);
  if (j < ny - 1) found.push(node + nx);
  if (k > 0) found.push(node - nx * ny);
  if (k < nz - 1) found.push(node + nx * ny);
  return found;
}

/** Whether any corner of the grid's cell around a point is not 0. */
function anyNodeAround(
  grid: Omit<DistanceGrid, 'values'> & { readonly values: Uint8Array },
  ...point: readonly [number, number, number]
): boolean {
  const { origin, spacing, size, values } = grid;
  const at = point.map((p, a) => Math.min(Math.max(Math.floor((p - origin[a]) / spacing), 0), size[a] - 2));
  const first = (at[2] * size[1] + at[1]) * size[0] + at[0];
  return [0, size[0] * size[1]].some((layer) =>
    [0, size[0]].some((row) => values[first + layer + row] === 1 || values[first + layer + row + 1] === 1),
  );
}

/**
 * Triangles with free space in front of them that is reached from outside: a little along the normal the winding number is
 * below one half.
 */
function outerTriangles(
  triangles: Float64Array,
  tree: TriangleTree,
  spacing: number,
  isReached: (x: number, y: number, z: number) => boolean,
): Float64Array {
  const kept: number[] = [];
  for (let o = 0; o < triangles.length; o += 9) {
    const t = triangles.subarray(o, o + 9);
    const [ux, uy, uz] = [t[3] - t[0], t[4] - t[1], t[5] - t[2]];
    const [vx, vy, vz] = [t[6] - t[0], t[7] - t[1], t[8] - t[2]];
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const step = (0.1 * spacing) / (Math.hypot(n[0], n[1], n[2]) || 1);
    const front = [0, 1, 2].map((a) => (t[a] + t[3 + a] + t[6 + a]) / 3 + n[a] * step);
    const [x, y, z] = front;
    if (tree.windingNumber(x, y, z) < 0.5 && isReached(x, y, z)) kept.push(...t);
  }
  return Float64Array.from(kept);
}

/** The parts of the triangles with y ≥ cutY. */
function clipAbove(triangles: Float64Array, cutY: number): Float64Array {
  const kept: number[] = [];
  for (let o = 0; o < triangles.length; o += 9) {
    const polygon: number[][] = [];
    for (let c = 0; c < 3; c++) {
      const a = triangles.subarray(o + c * 3, o + c * 3 + 3);
      const n = o + ((c + 1) % 3) * 3;
      const b = triangles.subarray(n, n + 3);
      if (a[1] >= cutY) polygon.push([...a]);
      if (a[1] >= cutY !== b[1] >= cutY) {
        const s = (cutY - a[1]) / (b[1] - a[1]);
        polygon.push([a[0] + s * (b[0] - a[0]), cutY, a[2] + s * (b[2] - a[2])]);
      }
    }
    for (let c = 1; c + 1 < polygon.length; c++) kept.push(...polygon[0], ...polygon[c], ...polygon[c + 1]);
  }
  return Float64Array.from(kept);
}

/** Distance to the flat cut for points straight above or below it; its rim belongs to the clipped triangles. */
function capDistance(tree: TriangleTree, cutY: number): (x: number, y: number, z: number) => number {
  const known = new Map<string, boolean>();
  return (x, y, z) => {
    const key = `${x},${z}`;
    let inside = known.get(key);
    if (inside === undefined) {
      inside = tree.windingNumber(x, cutY, z) > 0.5;
      known.set(key, inside);
    }
    return inside ? Math.abs(y - cutY) : Number.POSITIVE_INFINITY;
  };
}

/** Middles of grid edges that cross from inside to outside where no triangle does. */
function sealPoints(
  outside: Uint8Array,
  near: (x: number, y: number, z: number) => number,
  origin: DistanceGrid['origin'],
  size: DistanceGrid['size'],
  spacing: number,
): number[][] {
  const [nx, ny, nz] = size;
  const strides = [1, nx, nx * ny];
  const points: number[][] = [];
  for (let k = 0, node = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, node++) {
        const at = [i, j, k];
        for (let a = 0; a < 3; a++) {
          if (at[a] + 1 >= size[a] || outside[node] === outside[node + strides[a]]) continue;
          const p = at.map((n, b) => origin[b] + (n + (a === b ? 0.5 : 0)) * spacing);
          // A triangle that crosses the edge lies within half an edge of its middle, or right on a node.
          if (near(p[0], p[1], p[2]) > 0.500001 * spacing) points.push(p);
        }
      }
    }
  }
  return points;
}
