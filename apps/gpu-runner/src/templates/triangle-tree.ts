/** Answers distance and winding-number queries over a fixed set of triangles. */
export interface TriangleTree {
  /** Distance from a point to the nearest triangle, at most `limit`. */
  distance(x: number, y: number, z: number, limit?: number): number;
  /** Generalized winding number: 1 inside one closed surface that faces outward, 0 outside. */
  windingNumber(x: number, y: number, z: number): number;
}

const LEAF_TRIANGLES = 4;
/** A node farther away than this many radii answers as a dipole; its error there is below 1 %. */
const DIPOLE_RADII = 2.5;

/** Per node: box min 0–2, box max 3–5, dipole center 6–8, dipole 9–11, radius 12. */
const NODE_FLOATS = 13;

/** A binary tree over triangles, as flat arrays. */
interface Nodes {
  /** [T, 9] corners. */
  readonly triangles: Float64Array;
  /** Triangles in the order of the leaves. */
  readonly order: Uint32Array;
  /** [nodes, NODE_FLOATS]. */
  readonly floats: Float64Array;
  /** [nodes, 2] a leaf's first and last + 1 place in `order`; an inner node's −1 − left and right child. */
  readonly links: Int32Array;
}

/**
 * Builds a tree over triangles `[T, 9]` (three corners each; a triangle may be a single point).
 *
 * References: Jacobson et al. 2013, Robust inside-outside segmentation; Barill et al. 2018, Fast winding numbers
 * (first order); Van Oosterom and Strackee 1983 for the solid angle.
 */
export function createTriangleTree(triangles: Float64Array): TriangleTree {
  const nodes = buildNodes(triangles);
  return {
    distance(x, y, z, limit = Number.POSITIVE_INFINITY) {
      return Math.sqrt(nearestSquared(nodes, 0, x, y, z, limit * limit));
    },
    windingNumber: (x, y, z) => solidAngleOf(nodes, 0, x, y, z) / (4 * Math.PI),
  };
}

function buildNodes(triangles: Float64Array): Nodes {
  const count = triangles.length / 9;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const floats: number[] = [];
  const links: number[] = [];
  const build = (start: number, end: number): number => {
    const node = links.length / 2;
    links.push(start, end);
    const summary = summarize(triangles, order.subarray(start, end));
    floats.push(...summary);
    if (end - start <= LEAF_TRIANGLES) return node;
    const extent = (a: number): number => summary[3 + a] - summary[a];
    const axis = [0, 1, 2].reduce((best, a) => (extent(a) > extent(best) ? a : best));
    const middle = (t: number): number =>
      triangles[t * 9 + axis] + triangles[t * 9 + 3 + axis] + triangles[t * 9 + 6 + axis];
    order.subarray(start, end).sort((a, b) => middle(a) - middle(b) || a - b);
    const half = (start + end) >> 1;
    links[node * 2] = -1 - build(start, half);
    links[node * 2 + 1] = build(half, end);
    return node;
  };
  build(0, count);
  return { triangles, order, floats: Float64Array.from(floats), links: Int32Array.from(links) };
}

/** The smaller of `best` and the squared distance to what lies below a node. */
function nearestSquared(nodes: Nodes, node: number, x: number, y: number, z: number, best: number): number {
  const first = nodes.links[node * 2];
  const second = nodes.links[node * 2 + 1];
  let nearest = best;
  if (first >= 0) {
    for (let i = first; i < second; i++) {
      const o = nodes.order[i] * 9;
      nearest = Math.min(nearest, squaredDistanceToTriangle(nodes.triangles, o, x, y, z));
    }
    return nearest;
  }
  const left = -1 - first;
  const toLeft = squaredDistanceToBox(nodes.floats, left * NODE_FLOATS, x, y, z);
  const toRight = squaredDistanceToBox(nodes.floats, second * NODE_FLOATS, x, y, z);
  const nearer = toLeft <= toRight ? left : second;
  const farther = toLeft <= toRight ? second : left;
  if (Math.min(toLeft, toRight) < nearest) nearest = nearestSquared(nodes, nearer, x, y, z, nearest);
  if (Math.max(toLeft, toRight) < nearest) nearest = nearestSquared(nodes, farther, x, y, z, nearest);
  return nearest;
}

/** The signed solid angle that what lies below a node covers, seen from a point. */
function solidAngleOf(nodes: Nodes, node: number, x: number, y: number, z: number): number {
  const { triangles, order, floats, links } = nodes;
  const o = node * NODE_FLOATS;
  const dx = floats[o + 6] - x;
  const dy = floats[o + 7] - y;
  const dz = floats[o + 8] - z;
  const squared = dx * dx + dy * dy + dz * dz;
  const far = DIPOLE_RADII * floats[o + 12];
  if (squared > far * far) {
    return (dx * floats[o + 9] + dy * floats[o + 10] + dz * floats[o + 11]) / (squared * Math.sqrt(squared));
  }
  const first = links[node * 2];
  const second = links[node * 2 + 1];
  if (first < 0) return solidAngleOf(nodes, -1 - first, x, y, z) + solidAngleOf(nodes, second, x, y, z);
  let sum = 0;
  for (let i = first; i < second; i++) sum += solidAngle(triangles, order[i] * 9, x, y, z);
  return sum;
}

function summarize(triangles: Float64Array, members: Uint32Array): number[] {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = low.map((v) => -v);
  const center = [0, 0, 0];
  const plainCenter = [0, 0, 0];
  const dipole = [0, 0, 0];
  let areas = 0;
  for (const t of members) {
    const c = triangles.subarray(t * 9, t * 9 + 9);
    const n = [0, 1, 2].map((a) => {
      const b = (a + 1) % 3;
      const d = (a + 2) % 3;
      return ((c[3 + b] - c[b]) * (c[6 + d] - c[d]) - (c[3 + d] - c[d]) * (c[6 + b] - c[b])) / 2;
    });
    const area = Math.hypot(n[0], n[1], n[2]);
    areas += area;
    for (let a = 0; a < 3; a++) {
      low[a] = Math.min(low[a], c[a], c[3 + a], c[6 + a]);
      high[a] = Math.max(high[a], c[a], c[3 + a], c[6 + a]);
      const middle = (c[a] + c[3 + a] + c[6 + a]) / 3;
      center[a] += area * middle;
      plainCenter[a] += middle / members.length;
      dipole[a] += n[a];
    }
  }
  const at = areas > 0 ? center.map((v) => v / areas) : plainCenter;
  const reach = at.map((v, a) => Math.max(v - low[a], high[a] - v));
  return [...low, ...high, ...at, ...dipole, Math.hypot(reach[0], reach[1], reach[2])];
}

function squaredDistanceToBox(nodes: Float64Array, o: number, x: number, y: number, z: number): number {
  const dx = Math.max(nodes[o] - x, 0, x - nodes[o + 3]);
  const dy = Math.max(nodes[o + 1] - y, 0, y - nodes[o + 4]);
  const dz = Math.max(nodes[o + 2] - z, 0, z - nodes[o + 5]);
  return dx * dx + dy * dy + dz * dz;
}

function solidAngle(t: Float64Array, o: number, x: number, y: number, z: number): number {
  const ax = t[o] - x;
  const ay = t[o + 1] - y;
  const az = t[o + 2] - z;
  const bx = t[o + 3] - x;
  const by = t[o + 4] - y;
  const bz = t[o + 5] - z;
  const cx = t[o + 6] - x;
  const cy = t[o + 7] - y;
  const cz = t[o + 8] - z;
  const a = Math.sqrt(ax * ax + ay * ay + az * az);
  const b = Math.sqrt(bx * bx + by * by + bz * bz);
  const c = Math.sqrt(cx * cx + cy * cy + cz * cz);
  const det = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  const dots =
    a * b * c +
    (ax * bx + ay * by + az * bz) * c +
    (bx * cx + by * cy + bz * cz) * a +
    (cx * ax + cy * ay + cz * az) * b;
  return 2 * Math.atan2(det, dots);
}

function squaredDistanceToTriangle(t: Float64Array, o: number, x: number, y: number, z: number): number {
  const abx = t[o + 3] - t[o];
  const aby = t[o + 4] - t[o + 1];
  const abz = t[o + 5] - t[o + 2];
  const acx = t[o + 6] - t[o];
  const acy = t[o + 7] - t[o + 1];
  const acz = t[o + 8] - t[o + 2];
  const apx = x - t[o];
  const apy = y - t[o + 1];
  const apz = z - t[o + 2];
  const d1 = abx * apx + aby * apy + abz * apz;
  const d2 = acx * apx + acy * apy + acz * apz;
  const ab2 = abx * abx + aby * aby + abz * abz;
  const ac2 = acx * acx + acy * acy + acz * acz;
  const abac = abx * acx + aby * acy + abz * acz;
  const det = ab2 * ac2 - abac * abac;
  if (det > 1e-14 * ab2 * ac2) {
    const v = (ac2 * d1 - abac * d2) / det;
    const w = (ab2 * d2 - abac * d1) / det;
    if (v >= 0 && w >= 0 && v + w <= 1) {
      return squaredLength(apx - v * abx - w * acx, apy - v * aby - w * acy, apz - v * abz - w * acz);
    }
  }
  // Outside the triangle (or without area): the nearest point lies on one of its edges.
  const bcx = acx - abx;
  const bcy = acy - aby;
  const bcz = acz - abz;
  return Math.min(
    squaredDistanceToEdge(apx, apy, apz, abx, aby, abz),
    squaredDistanceToEdge(apx, apy, apz, acx, acy, acz),
    squaredDistanceToEdge(apx - abx, apy - aby, apz - abz, bcx, bcy, bcz),
  );
}

function squaredDistanceToEdge(
  px: number,
  py: number,
  pz: number,
  ex: number,
  ey: number,
  ez: number,
): number {
  const length = squaredLength(ex, ey, ez);
  const s = length > 0 ? Math.min(Math.max((px * ex + py * ey + pz * ez) / length, 0), 1) : 0;
  return squaredLength(px - s * ex, py - s * ey, pz - s * ez);
}

function squaredLength(x: number, y: number, z: number): number {
  return x * x + y * y + z * z;
}
