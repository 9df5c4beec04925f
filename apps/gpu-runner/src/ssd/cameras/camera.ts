/** What a perspective camera that looks at the head is made of. */
export interface CameraPose {
  /** 0 looks at the face (from +Z), positive moves the camera to the subject's left (+X). */
  readonly azimuthRad: number;
  /** Positive looks down from above. */
  readonly elevationRad: number;
  /** Full vertical field of view. */
  readonly fovYRad: number;
  /** Eye to target, world units. */
  readonly distance: number;
  /** World point in the middle of the picture. */
  readonly target: readonly [number, number, number];
}

/** A camera pose with its orthonormal frame. Pictures are square. */
export interface Camera extends CameraPose {
  /** World position of the eye. */
  readonly eye: readonly [number, number, number];
  /** Unit vectors in world space: picture right, picture up, and the viewing direction. */
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly forward: readonly [number, number, number];
  /** 1 / tan(fovY / 2): normalized picture coordinate of a point at view depth 1 and height 1. */
  readonly focal: number;
}

/**
 * Builds a camera that orbits its target.
 *
 * A world point p projects to picture x = (focal·(p−eye)·right / z + 1)/2·width from the left and
 * y = (1 − focal·(p−eye)·up / z)/2·height from the top, with z = (p−eye)·forward > 0.
 */
export function createCamera(pose: CameraPose): Camera {
  const { azimuthRad: a, elevationRad: e, distance, target } = pose;
  const ca = Math.cos(a);
  const sa = Math.sin(a);
  const ce = Math.cos(e);
  const se = Math.sin(e);
  return {
    ...pose,
    eye: [target[0] + distance * sa * ce, target[1] + distance * se, target[2] + distance * ca * ce],
    right: [ca, 0, -sa],
    up: [-sa * se, ce, -ca * se],
    forward: [-sa * ce, -se, -ca * ce],
    focal: 1 / Math.tan(pose.fovYRad / 2),
  };
}
