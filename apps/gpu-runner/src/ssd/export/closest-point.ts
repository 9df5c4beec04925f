/** The nearest point of a surface, as a place on one of its triangles. */
import type { TriangleMesh } from '../mesh.ts';

/** A place on a mesh: a triangle, and weights of its three corners. */
export interface SurfacePoint {
  /** −1 if no triangle was eligible. */
  triangle: number;
  weights: [number, number, number];
  squaredDistance: number;
}

/** Finds nearest points of one mesh. */
export interface ClosestPoint {
  /**
   * Writes the nearest place into `found`. With a direction only triangles that face within 90° of it count, so that a
   * cheek does not find the inside of the mouth.
   */
  find(point: ArrayLike<number>, found: SurfacePoint, facing?: ArrayLike<number>): void;
  /** Takes points [N, 3] to their nearest places; the mesh must have triangles. */
  snap(points: Float32Array): Float32Array;
}

const LEAF_TRIANGLES = 4;

interface Tree {
  readonly mesh: TriangleMesh;
  /** [F, 3] not of unit length. */
  readonly normals: Float64Array;
  readonly order: Uint32Array;
  /** [N, 6] smallest and largest corner of each node's box. */
  readonly boxes: Float64Array;
  /** [N, 2] a leaf's first and last + 1 place in `order`; an inner node's −1 − left and right child. */
  readonly links: Int32Array;
}

/**
 * Builds a binary tree of boxes over the triangles.
 *
 * References: Ericson, "Real-Time Collision Detection", 2005, sections 5.1.5 and 6.3.
 */
export function createClosestPoint(mesh: TriangleMesh): ClosestPoint {
  const tree = buildTree(mesh);
  const none = [0, 0, 0];
  const find: ClosestPoint['find'] = (point, found, facing) => {
    found.triangle = -1;
    found.squaredDistance = Number.POSITIVE_INFINITY;
    if (tree.order.length > 0) search(tree, 0, point, facing ?? none, found);
  };
  return {
    find,
    snap(points) {
      const found: SurfacePoint = { triangle: -1, weights: [0, 0, 0], squaredDistance: 0 };
      const snapped = new Float32Array(points.length);
      for (let i = 0; i < points.length; i += 3) {
        find(points.subarray(i, i + 3), found);
        for (let corner = 0; corner < 3; corner++) {
          const vertex = 3 * mesh.indices[3 * found.triangle + corner];
          for (let k = 0; k < 3; k++) snapped[i + k] += found.weights[corner] * mesh.positions[vertex + k];
        }
      }
      return snapped;
    },
  };
}

function buildTree(mesh: TriangleMesh): Tree {
  const { positions: p, indices } = mesh;
  const count = indices.length / 3;
  const centers = new Float64Array(3 * count);
  const normals = new Float64Array(3 * count);
  for (let t = 0; t < count; t++) {
    const [a, b, c] = [3 * indices[3 * t], 3 * indices[3 * t + 1], 3 * indices[3 * t + 2]];
    for (let k = 0; k < 3; k++) {
      const [i, j] = [(k + 1) % 3, (k + 2) % 3];
      centers[3 * t + k] = p[a + k] + p[b + k] + p[c + k];
      normals[3 * t + k] =
        (p[b + i] - p[a + i]) * (p[c + j] - p[a + j]) - (p[b + j] - p[a + j]) * (p[c + i] - p[a + i]);
    }
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const boxes: number[] = [];
  const links: number[] = [];
  const build = (start: number, end: number): number => {
    const node = links.length / 2;
    links.push(start, end);
    const box = boxOf(mesh, order.subarray(start, end));
    boxes.push(...box);
    if (end - start <= LEAF_TRIANGLES) return node;
    const extent = (axis: number): number => box[3 + axis] - box[axis];
    const axis = [0, 1, 2].reduce((best, each) => (extent(each) > extent(best) ? each : best));
    order.subarray(start, end).sort((a, b) => centers[3 * a + axis] - centers[3 * b + axis] || a - b);
    const half = (start + end) >> 1;
    links[2 * node] = -1 - build(start, half);
    links[2 * node + 1] = build(half, end);
    return node;
  };
  if (count > 0) build(0, count);
  return { mesh, normals, order, boxes: Float64Array.from(boxes), links: Int32Array.from(links) };
}

function boxOf({ positions, indices }: TriangleMesh, members: Uint32Array): number[] {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = low.map((value) => -value);
  for (const t of members) {
    for (let corner = 0; corner < 3; corner++) {
      const at = 3 * indices[3 * t + corner];
      for (let k = 0; k < 3; k++) {
        low[k] = Math.min(low[k], positions[at + k]);
        high[k] = Math.max(high[k], positions[at + k]);
      }
    }
  }
  return [...low, ...high];
}

function search(
  tree: Tree,
  node: number,
  point: ArrayLike<number>,
  facing: ArrayLike<number>,
  found: SurfacePoint,
): void {
  const first = tree.links[2 * node];
  const second = tree.links[2 * node + 1];
  if (first >= 0) {
    for (let i = first; i < second; i++) tryTriangle(tree, tree.order[i], point, facing, found);
    return;
  }
  const left = -1 - first;
  const toLeft = squaredDistanceToBox(tree.boxes, left, point);
  const toRight = squaredDistanceToBox(tree.boxes, second, point);
  const [nearer, farther] = toLeft <= toRight ? [left, second] : [second, left];
  if (Math.min(toLeft, toRight) < found.squaredDistance) search(tree, nearer, point, facing, found);
  if (Math.max(toLeft, toRight) < found.squaredDistance) search(tree, farther, point, facing, found);
}

function squaredDistanceToBox(boxes: Float64Array, node: number, point: ArrayLike<number>): number {
  let squared = 0;
  for (let k = 0; k < 3; k++) {
    const outside = Math.max(boxes[6 * node + k] - point[k], point[k] - boxes[6 * node + 3 + k], 0);
    squared += outside * outside;
  }
  return squared;
}

/** Takes the triangle's nearest point if it is nearer than what was found; by Voronoi regions of its corners and sides. */
function tryTriangle(
  { mesh, normals }: Tree,
  triangle: number,
  point: ArrayLike<number>,
  facing: ArrayLike<number>,
  found: SurfacePoint,
): void {
  const n = 3 * triangle;
  if (normals[n] * facing[0] + normals[n + 1] * facing[1] + normals[n + 2] * facing[2] < 0) return;
  const { positions: p, indices } = mesh;
  const [a, b, c] = [3 * indices[n], 3 * indices[n + 1], 3 * indices[n + 2]];
  // (1) Sides from the first corner, and the dot products with the way to the point from each corner.
  let [d1, d2, d3, d4, d5, d6] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < 3; k++) {
    const ab = p[b + k] - p[a + k];
    const ac = p[c + k] - p[a + k];
    d1 += ab * (point[k] - p[a + k]);
    d2 += ac * (point[k] - p[a + k]);
    d3 += ab * (point[k] - p[b + k]);
    d4 += ac * (point[k] - p[b + k]);
    d5 += ab * (point[k] - p[c + k]);
    d6 += ac * (point[k] - p[c + k]);
  }
  // (2) Which region it lies in, and the weights of the second and third corner there.
  const va = d3 * d6 - d5 * d4;
  const vb = d5 * d2 - d1 * d6;
  const vc = d1 * d4 - d3 * d2;
  let [v, w] = [0, 0];
  if (d1 <= 0 && d2 <= 0) [v, w] = [0, 0];
  else if (d3 >= 0 && d4 <= d3) [v, w] = [1, 0];
  else if (d6 >= 0 && d5 <= d6) [v, w] = [0, 1];
  else if (vc <= 0 && d1 >= 0 && d3 <= 0) v = d1 / (d1 - d3);
  else if (vb <= 0 && d2 >= 0 && d6 <= 0) w = d2 / (d2 - d6);
  else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    w = (d4 - d3) / (d4 - d3 + d5 - d6);
    v = 1 - w;
  } else {
    v = vb / (va + vb + vc);
    w = vc / (va + vb + vc);
  }
  // (3) How far it is.
  let squared = 0;
  for (let k = 0; k < 3; k++) {
    const at = (1 - v - w) * p[a + k] + v * p[b + k] + w * p[c + k];
    squared += (point[k] - at) ** 2;
  }
  if (!(squared < found.squaredDistance)) return;
  found.triangle = triangle;
  found.squaredDistance = squared;
  found.weights[0] = 1 - v - w;
  found.weights[1] = v;
  found.weights[2] = w;
}
