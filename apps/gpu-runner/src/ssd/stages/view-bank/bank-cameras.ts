import { type Camera, createCamera } from '../../cameras/camera.ts';
import type { Framing } from '../../cameras/sample-camera.ts';

/** Share of the azimuths that is spread evenly; the rest gathers around the front. */
const EVEN = 0.5;

/** Share of the framing's elevations that is used: from its ends, the teacher has seen little. */
const ELEVATION_SHARE = 0.7;

/**
 * `count` cameras around the head, from its back over its right, front and left to its back again, twice as close together in front and half as close
 * behind; elevations take turns, level in front.
 */
export function bankCameras(framing: Framing, count: number): Camera[] {
  const { fovYRad, distanceFactor, halfHeight, elevationRad, target } = framing;
  const fov = middle(fovYRad);
  const distance = (middle(distanceFactor) * halfHeight) / Math.tan(fov / 2);
  return Array.from({ length: count }, (_, i) => {
    const u = (2 * (i + 0.5)) / count - 1;
    const turn = [0, elevationRad[1], 0, elevationRad[0]][Math.abs(i - (count >> 1)) % 4];
    return createCamera({
      azimuthRad: Math.PI * (EVEN * u + (1 - EVEN) * u ** 3),
      elevationRad: ELEVATION_SHARE * turn,
      fovYRad: fov,
      distance,
      target,
    });
  });
}

function middle([low, high]: readonly [number, number]): number {
  return (low + high) / 2;
}
