import type { Camera } from '../cameras/camera.ts';

/** Vertices nearer than this to the eye (world units) are not projected; their triangles are not drawn. */
const NEAR_DEPTH = 1e-3;

/**
 * Projects world positions to the picture plane.
 *
 * `positions` [V, 3] world; `size` is the picture's side in pixels. Writes `screen` [V, 3]: x from the left
 * and y from the top in pixels, and 1 / view depth, which is linear over the picture of a triangle.
 * A vertex that is not in front of the eye gets inverse depth 0.
 */
export function projectVertices(
  positions: Float32Array,
  camera: Camera,
  size: number,
  screen: Float64Array,
): void {
  const [ex, ey, ez] = camera.eye;
  const [rx, ry, rz] = camera.right;
  const [ux, uy, uz] = camera.up;
  const [fx, fy, fz] = camera.forward;
  const half = size / 2;
  const scale = camera.focal * half;
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i] - ex;
    const y = positions[i + 1] - ey;
    const z = positions[i + 2] - ez;
    const depth = fx * x + fy * y + fz * z;
    if (!(depth > NEAR_DEPTH)) {
      screen[i] = screen[i + 1] = screen[i + 2] = 0;
      continue;
    }
    const inverse = 1 / depth;
    screen[i] = half + scale * (rx * x + ry * y + rz * z) * inverse;
    screen[i + 1] = half - scale * (ux * x + uy * y + uz * z) * inverse;
    screen[i + 2] = inverse;
  }
}

/**
 * Adds the pull-back of `projectVertices` to `gradPositions` [V, 3].
 *
 * `screen` is the forward result, `gradScreen` [V, 3] the gradient with respect to it.
 */
export function projectVerticesBackward(
  camera: Camera,
  size: number,
  screen: Float64Array,
  gradScreen: Float64Array,
  gradPositions: Float32Array,
): void {
  const [rx, ry, rz] = camera.right;
  const [ux, uy, uz] = camera.up;
  const [fx, fy, fz] = camera.forward;
  const half = size / 2;
  const scale = camera.focal * half;
  for (let i = 0; i < gradPositions.length; i += 3) {
    const gx = gradScreen[i];
    const gy = gradScreen[i + 1];
    const gi = gradScreen[i + 2];
    const inverse = screen[i + 2];
    if (inverse === 0 || (gx === 0 && gy === 0 && gi === 0)) continue;
    const gr = gx * scale * inverse;
    const gu = -gy * scale * inverse;
    const gf = -inverse * (gx * (screen[i] - half) + gy * (screen[i + 1] - half) + gi * inverse);
    gradPositions[i] += gr * rx + gu * ux + gf * fx;
    gradPositions[i + 1] += gr * ry + gu * uy + gf * fy;
    gradPositions[i + 2] += gr * rz + gu * uz + gf * fz;
  }
}
