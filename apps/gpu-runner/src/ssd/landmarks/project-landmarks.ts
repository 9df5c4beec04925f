import type { Camera } from '../cameras/camera.ts';
import type { LandmarkAnchors, LandmarkStyle } from './landmark-anchors.ts';

/** Where landmarks fall in a picture. */
export interface ProjectedLandmarks {
  /** [N, 2] share of the picture's width from the left and of its height from the top; 0 … 1 lies inside. */
  readonly points: Float64Array;
  /** [N] 1 where the landmark is seen. */
  readonly visible: Uint8Array;
}

/** A depth picture of the current head. */
export interface DepthPicture {
  /** Side in pixels. */
  readonly size: number;
  /** [size, size] view depth in world units, Infinity where empty. */
  readonly depth: Float32Array;
}

/** The depth test looks this far around a landmark, as a share of the picture: one pixel of 128. */
const WINDOW = 1 / 128;

/**
 * Projects landmarks and tells which are seen: inside the picture, facing the eye, and not behind the surface.
 *
 * The depth test takes the farthest depth in a small window, so that a landmark on the outline, where the next pixel
 * is already background, is seen.
 */
export function projectLandmarks(
  anchors: LandmarkAnchors,
  camera: Camera,
  picture: DepthPicture,
  style: Pick<LandmarkStyle, 'hiddenBelowCosine' | 'hiddenBehindDepth'>,
): ProjectedLandmarks {
  const { eye, right, up, forward, focal } = camera;
  const { positions, normals } = anchors;
  const count = positions.length / 3;
  const points = new Float64Array(count * 2);
  const visible = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    const x = positions[n * 3] - eye[0];
    const y = positions[n * 3 + 1] - eye[1];
    const z = positions[n * 3 + 2] - eye[2];
    const depth = x * forward[0] + y * forward[1] + z * forward[2];
    if (depth <= 0) continue;
    const across = (focal * (x * right[0] + y * right[1] + z * right[2])) / depth;
    const above = (focal * (x * up[0] + y * up[1] + z * up[2])) / depth;
    points[n * 2] = (across + 1) / 2;
    points[n * 2 + 1] = (1 - above) / 2;
    const toEye = -(x * normals[n * 3] + y * normals[n * 3 + 1] + z * normals[n * 3 + 2]);
    const facing = toEye / Math.sqrt(x * x + y * y + z * z) > style.hiddenBelowCosine;
    const limit = farthestAround(picture, points[n * 2], points[n * 2 + 1]) + style.hiddenBehindDepth;
    visible[n] = facing && depth <= limit ? 1 : 0;
  }
  return { points, visible };
}

/** The farthest depth in the window around a point; −Infinity for a point outside the picture. */
function farthestAround({ size, depth }: DepthPicture, px: number, py: number): number {
  const x = Math.trunc(px * size);
  const y = Math.trunc(py * size);
  if (x < 0 || y < 0 || x >= size || y >= size) return Number.NEGATIVE_INFINITY;
  const reach = Math.max(1, Math.round(WINDOW * size));
  let farthest = Number.NEGATIVE_INFINITY;
  for (let j = Math.max(0, y - reach); j <= Math.min(size - 1, y + reach); j++) {
    for (let i = Math.max(0, x - reach); i <= Math.min(size - 1, x + reach); i++) {
      farthest = Math.max(farthest, depth[j * size + i]);
    }
  }
  return farthest;
}
