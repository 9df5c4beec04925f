import type { CloseUp, Framing } from './sample-camera.ts';

type Range = readonly [number, number];

/** A framing as teacher.json states it, angles in degrees. */
type StatedFraming = Pick<Framing, 'target' | 'distanceFactor' | 'halfHeight'> & {
  readonly fovYDegrees: Range;
  readonly elevationDegrees: Range;
  readonly closeUp?:
    | (Pick<CloseUp, 'target' | 'distanceFactor'> & {
        readonly azimuthDegrees: Range;
        readonly elevationDegrees: Range;
      })
    | undefined;
};

/** The views of a manifest, angles in radians. */
export function framingOf(framing: StatedFraming): Framing {
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

function radians([low, high]: Range): Range {
  return [(low * Math.PI) / 180, (high * Math.PI) / 180];
}
