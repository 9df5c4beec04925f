import {
  landmarkAnchors,
  type LandmarkAnchors,
  type LandmarkSource,
} from '../../ssd/landmarks/landmark-anchors.ts';
import type { TriangleMesh } from '../../ssd/mesh.ts';

/** Chains of the template that have a counterpart among a face detector's landmarks. */
export const FACE_CHAINS = ['oval', 'lips_out', 'eyeL', 'browL', 'eyeR', 'browR'] as const;

/**
 * The template's face landmarks on a finished head: each moved to the point of `mesh` that is nearest to it. Null for a
 * template without a face.
 *
 * The finished mesh has no field to follow any more; every triangle is asked.
 */
export function headLandmarks(template: LandmarkSource, mesh: TriangleMesh): LandmarkAnchors | null {
  if (FACE_CHAINS.some((name) => !template.landmarks.has(name))) return null;
  const chains = FACE_CHAINS.map((name) => ({ name, kind: 'closed', color: [0, 0, 0] }) as const);
  const anchors = landmarkAnchors(template, { chains });
  const positions = anchors.positions.slice();
  for (let n = 0; n < positions.length; n += 3) {
    positions.set(nearestPoint(mesh, anchors.positions.subarray(n, n + 3)), n);
  }
  return { ...anchors, positions };
}

type Vector = readonly [number, number, number];

function nearestPoint({ positions, indices }: TriangleMesh, [x, y, z]: Float32Array): Vector {
  const vertex = (index: number): Vector => [
    positions[3 * index] - x,
    positions[3 * index + 1] - y,
    positions[3 * index + 2] - z,
  ];
  let nearest: Vector = [0, 0, 0];
  let least = Number.POSITIVE_INFINITY;
  for (let t = 0; t < indices.length; t += 3) {
    const a = vertex(indices[t]);
    // Triangles whose first corner lies farther away than the best by more than any edge's length cannot win.
    if (Math.hypot(a[0], a[1], a[2]) > least + EDGE_MAX) continue;
    const point = nearestToOrigin(a, vertex(indices[t + 1]), vertex(indices[t + 2]));
    const distance = Math.hypot(point[0], point[1], point[2]);
    if (distance >= least) continue;
    least = distance;
    nearest = point;
  }
  return [nearest[0] + x, nearest[1] + y, nearest[2] + z];
}

/** Longer than any edge of a head's mesh, head heights. */
const EDGE_MAX = 0.5;

/**
 * The point of a triangle that is nearest to the origin.
 *
 * References: Ericson, Real-Time Collision Detection (2005), section 5.1.5.
 */
function nearestToOrigin(a: Vector, b: Vector, c: Vector): Vector {
  const ab = minus(b, a);
  const ac = minus(c, a);
  const d1 = -dot(ab, a);
  const d2 = -dot(ac, a);
  if (d1 <= 0 && d2 <= 0) return a;
  const d3 = -dot(ab, b);
  const d4 = -dot(ac, b);
  if (d3 >= 0 && d4 <= d3) return b;
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return along(a, ab, d1 / (d1 - d3));
  const d5 = -dot(ab, c);
  const d6 = -dot(ac, c);
  if (d6 >= 0 && d5 <= d6) return c;
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return along(a, ac, d2 / (d2 - d6));
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    return along(b, minus(c, b), (d4 - d3) / (d4 - d3 + (d5 - d6)));
  }
  const scale = 1 / (va + vb + vc);
  return along(along(a, ab, vb * scale), ac, vc * scale);
}

function minus(u: Vector, v: Vector): Vector {
  return [u[0] - v[0], u[1] - v[1], u[2] - v[2]];
}

function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function along(from: Vector, way: Vector, share: number): Vector {
  return [from[0] + share * way[0], from[1] + share * way[1], from[2] + share * way[2]];
}
