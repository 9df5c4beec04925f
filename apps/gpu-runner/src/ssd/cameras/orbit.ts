import { type Camera, createCamera } from './camera.ts';
import type { Framing } from './sample-camera.ts';

/** The four views that people compare heads by. */
export type FixedView = 'front' | 'left' | 'right' | 'back';

const FIXED_AZIMUTHS_RAD: Record<FixedView, number> = {
  front: 0,
  left: Math.PI / 2,
  right: -Math.PI / 2,
  back: Math.PI,
};

/**
 * The camera at `azimuthRad` in the middle of the framing's field of view and distance.
 *
 * `elevationRad` is level by default and kept inside the framing.
 */
export function orbitCamera(framing: Framing, azimuthRad: number, elevationRad = 0): Camera {
  const fovYRad = middle(framing.fovYRad);
  const [low, high] = framing.elevationRad;
  return createCamera({
    azimuthRad,
    elevationRad: Math.min(high, Math.max(low, elevationRad)),
    fovYRad,
    distance: (middle(framing.distanceFactor) * framing.halfHeight) / Math.tan(fovYRad / 2),
    target: framing.target,
  });
}

/** The camera at `azimuthRad` in the middle of the framing's close-ups; undefined where it has none. */
export function closeUpCamera(framing: Framing, azimuthRad: number): Camera | undefined {
  return framing.closeUp && orbitCamera({ ...framing, ...framing.closeUp }, azimuthRad);
}

/** Front, the subject's left side, the subject's right side, back. */
export function fixedCameras(framing: Framing): Record<FixedView, Camera> {
  return {
    front: orbitCamera(framing, FIXED_AZIMUTHS_RAD.front),
    left: orbitCamera(framing, FIXED_AZIMUTHS_RAD.left),
    right: orbitCamera(framing, FIXED_AZIMUTHS_RAD.right),
    back: orbitCamera(framing, FIXED_AZIMUTHS_RAD.back),
  };
}

/** `count` cameras once around the head, from the front toward the subject's left. */
export function turntableCameras(framing: Framing, count: number, elevationRad = 0.1): Camera[] {
  return Array.from({ length: count }, (_, i) =>
    orbitCamera(framing, (i / count) * 2 * Math.PI, elevationRad),
  );
}

function middle([low, high]: readonly [number, number]): number {
  return (low + high) / 2;
}
