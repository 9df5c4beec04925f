import { type DeformationField, displace } from './deformation-field.ts';

/** What of landmarks moves: points on the resting surface and their outward normals. */
interface Landmarks {
  /** [N, 3] world units. */
  readonly positions: Float32Array;
  /** [N, 3] unit. */
  readonly normals: Float32Array;
}

/** Half width of the difference that turns the normals, world units: a quarter of the finest lattice's cubes. */
const STEP = 2.5e-3;

/**
 * Carries landmarks along with a deformed surface.
 *
 * A normal is turned by carrying two tangents of the surface and crossing them again; where the deformation folds the
 * surface to nothing it keeps its direction.
 */
export function displaceLandmarks<T extends Landmarks>(field: DeformationField, landmarks: T): T {
  const { positions, normals } = landmarks;
  const count = positions.length / 3;

  // (1) Each point and the ends of two short tangents on both sides: five points, displaced at once.
  const points = new Float32Array(15 * count);
  for (let n = 0; n < count; n++) {
    const at = positions.subarray(3 * n, 3 * n + 3);
    const [u, v] = tangentsOf(normals.subarray(3 * n, 3 * n + 3));
    for (let k = 0; k < 3; k++) {
      points[15 * n + k] = at[k];
      points[15 * n + 3 + k] = at[k] + STEP * u[k];
      points[15 * n + 6 + k] = at[k] - STEP * u[k];
      points[15 * n + 9 + k] = at[k] + STEP * v[k];
      points[15 * n + 12 + k] = at[k] - STEP * v[k];
    }
  }
  const displaced = displace(field, points);

  // (2) The carried tangents' cross product.
  const carried = { positions: positions.slice(), normals: normals.slice() };
  for (let n = 0; n < count; n++) {
    const p = displaced.subarray(15 * n, 15 * n + 15);
    carried.positions.set(p.subarray(0, 3), 3 * n);
    const normal = cross(
      [p[3] - p[6], p[4] - p[7], p[5] - p[8]],
      [p[9] - p[12], p[10] - p[13], p[11] - p[14]],
    );
    const length = Math.hypot(...normal);
    if (length > 1e-3 * STEP * STEP)
      carried.normals.set(
        normal.map((x) => x / length),
        3 * n,
      );
  }
  return { ...landmarks, ...carried };
}

/** Two unit vectors that make a right-handed frame with a unit normal: u × v = normal. */
function tangentsOf(normal: Float32Array): [number[], number[]] {
  const [x, y, z] = normal;
  const helper: [number, number, number] = Math.abs(y) < 0.9 ? [0, 1, 0] : [1, 0, 0];
  const u = cross(helper, [x, y, z]);
  const length = Math.hypot(...u) || 1;
  const unit: [number, number, number] = [u[0] / length, u[1] / length, u[2] / length];
  return [unit, cross([x, y, z], unit)];
}

function cross(
  [ax, ay, az]: readonly [number, number, number],
  [bx, by, bz]: readonly [number, number, number],
): [number, number, number] {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}
