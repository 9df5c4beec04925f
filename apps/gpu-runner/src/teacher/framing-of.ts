import type { Framing } from '../ssd/cameras/sample-camera.ts';
import type { TeacherManifest } from './teacher-manifest.ts';

/** The views of a manifest, angles in radians. */
export function framingOf({ framing }: Pick<TeacherManifest, 'framing'>): Framing {
  const { closeUp } = framing;
  return {
    target: framing.target,
    fovYRad: radians(framing.fovYDegrees),
    elevationRad: radians(framing.elevationDegrees),
    distanceFactor: framing.distanceFactor,
    halfHeight: framing.halfHeight,
    ...(closeUp && {
      closeUp: {
        target: closeUp.target,
        distanceFactor: closeUp.distanceFactor,
        azimuthRad: radians(closeUp.azimuthDegrees),
        elevationRad: radians(closeUp.elevationDegrees),
      },
    }),
  };
}

function radians([low, high]: readonly [number, number]): readonly [number, number] {
  return [(low * Math.PI) / 180, (high * Math.PI) / 180];
}
