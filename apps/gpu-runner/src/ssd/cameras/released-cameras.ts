import type { RandomStream } from '../../tensor/random.ts';
import { type Camera, createCamera } from './camera.ts';

/** The cameras of HeadArtist's released configuration, in head heights: the eye stays at one distance while its lens changes. */
export interface ReleasedCameras {
  /** World point in the middle of the picture. */
  readonly target: readonly [number, number, number];
  readonly distance: number;
  readonly fovYRad: readonly [number, number];
  /** Half of the draws are uniform in angle here … */
  readonly elevationRad: readonly [number, number];
  /** … and half have a uniform sine here. */
  readonly elevationSine: readonly [number, number];
}

const DEGREE = Math.PI / 180;

/**
 * One of its world units is 0.211 m, about 1/1.1 of a head's height: its origin lies 0.1 units below the eyes, its eye 3
 * units away. Its sine range is (e + 90°)/180° mapped to −1 … 1, which is not the sine of its elevations of −10° … 45° but
 * what it draws from. No jitter, no focus on the face.
 */
export const RELEASED_CAMERAS: ReleasedCameras = {
  target: [0, -0.087, 0],
  distance: 3 / 1.1,
  fovYRad: [30 * DEGREE, 50 * DEGREE],
  elevationRad: [-10 * DEGREE, 45 * DEGREE],
  elevationSine: [-1 / 9, 0.5],
};

/** Draws cameras as the release does: azimuths uniform all around, each by itself. */
export function sampleReleasedCameras(
  count: number,
  cameras: ReleasedCameras,
  random: RandomStream,
): Camera[] {
  return Array.from({ length: count }, () => {
    const azimuthRad = random.between(-Math.PI, Math.PI);
    const elevationRad =
      random.uniform() < 0.5
        ? random.between(...cameras.elevationRad)
        : Math.asin(random.between(...cameras.elevationSine));
    const fovYRad = random.between(...cameras.fovYRad);
    return createCamera({
      azimuthRad,
      elevationRad,
      fovYRad,
      distance: cameras.distance,
      target: cameras.target,
    });
  });
}
