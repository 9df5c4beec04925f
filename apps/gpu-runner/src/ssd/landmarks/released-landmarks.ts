import type { Camera } from '../cameras/camera.ts';
import type { LandmarkAnchors, LandmarkStyle } from './landmark-anchors.ts';
import type { ProjectedLandmarks } from './project-landmarks.ts';

/**
 * Centimeters a head height, and where the outer eye corners lie in head heights and in MediaPipe's canonical face in
 * centimeters: 8.89 cm lie between them.
 */
const CENTIMETERS = 24;
const EYES = [0, 0.014, 0.351] as const;
const CANONICAL_EYES = [0, 2.664, 3.173] as const;

/** Where the released photo's face lies before the camera, in centimeters (estimated from the photo). */
const TRANSLATION = [0, 0.58, -28.3] as const;

/** The release widens its field of view by this, to taste. */
const WIDENING_RAD = (30 * Math.PI) / 180;

/**
 * Projects landmarks as HeadArtist's release does, defects included: the points stay those of one face, turned by
 * Ry(−azimuth)·Rx(elevation) (an orbit needs the other order), seen through a lens 30° wider than the render's, and never
 * hidden; from behind, the oval alone is left.
 *
 * The face is the template's, in place of the released photo. `anchors` are those of the template, not of the present head.
 * References: HeadArtist's landmark_rotation.py and face_geometry.py.
 */
export function releasedLandmarks(
  { positions, chainStarts }: Pick<LandmarkAnchors, 'positions' | 'chainStarts'>,
  { azimuthRad, elevationRad, fovYRad }: Pick<Camera, 'azimuthRad' | 'elevationRad' | 'fovYRad'>,
  style: Pick<LandmarkStyle, 'chains'>,
): ProjectedLandmarks {
  const count = positions.length / 3;
  const points = new Float64Array(2 * count);
  const visible = new Uint8Array(count);
  const focal = 1 / Math.tan((fovYRad + WIDENING_RAD) / 2);
  const [ca, sa] = [Math.cos(azimuthRad), Math.sin(azimuthRad)];
  const [ce, se] = [Math.cos(elevationRad), Math.sin(elevationRad)];
  for (let n = 0; n < count; n++) {
    const [x, y, z] = [0, 1, 2].map(
      (axis) => CENTIMETERS * (positions[3 * n + axis] - EYES[axis]) + CANONICAL_EYES[axis],
    );
    // (1) Rx(elevation), then Ry(−azimuth).
    const up = ce * y - se * z;
    const toward = se * y + ce * z;
    const across = ca * x - sa * toward + TRANSLATION[0];
    const depth = -(sa * x + ca * toward + TRANSLATION[2]);
    // (2) The wide lens.
    points[2 * n] = ((focal * across) / depth + 1) / 2;
    points[2 * n + 1] = (1 - (focal * (up + TRANSLATION[1])) / depth) / 2;
  }
  // The same angle in [−π, π].
  const turned = Math.abs(azimuthRad - 2 * Math.PI * Math.round(azimuthRad / (2 * Math.PI)));
  style.chains.forEach(({ name }, c) => {
    if (turned <= Math.PI / 2 || name === 'oval') visible.fill(1, chainStarts[c], chainStarts[c + 1]);
  });
  return { points, visible };
}
