import { facePlace } from '../face-place.ts';
import type { HeadGrid } from '../head-grid.ts';

/** Half the distance between the eyes of the rest head. */
export const REST_EYE_X = 0.308;

/** Height of the eyes of the rest head. */
export const REST_EYE_Y = 7.284;

/** Where glasses stand before a posed face. */
export interface Mount {
  readonly eyeX: number;
  readonly eyeY: number;
  /** Size of this face, 1 for the rest head. */
  readonly size: number;
  /** Depth of the lenses at a distance from the middle: slightly wrapped around the face. */
  readonly depthAt: (x: number) => number;
}

const WRAP = 0.2;

/** Finds the plane in front of brows, lids and cheeks. */
export function mountOn(grid: HeadGrid, room: number): Mount {
  const { eyeLeft, eyeRight } = grid.form.places;
  const eyeX = 0.5 * (eyeLeft[0] - eyeRight[0]);
  const eyeY = 0.5 * (eyeLeft[1] + eyeRight[1]);
  const at = [0, 0, 0];
  let front = -Infinity;
  for (let x = -0.5; x <= 0.51; x += 0.1) {
    for (let y = 7.12; y < 7.5; y += 0.06) {
      if (Math.abs(x) < 0.15 && y < 7.25) continue;
      facePlace(grid, x, y, 0, at);
      front = Math.max(front, at[2] + WRAP * at[0] * at[0]);
    }
  }
  return { eyeX, eyeY, size: eyeX / REST_EYE_X, depthAt: (x) => front + room - WRAP * x * x };
}

/** The outline of one lens: half-width, half-height and roundness (2 = ellipse, more = box). */
export interface Rim {
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly exponent: number;
  readonly thickness: number;
}

/** Writes the point of a lens on one side of the nose by angle around it and share of the way to its rim. */
export function rimPoint(
  mount: Mount,
  rim: Rim,
  side: number,
  angle: number,
  share: number,
  out: number[],
): void {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const box = share / (Math.abs(c) ** rim.exponent + Math.abs(s) ** rim.exponent) ** (1 / rim.exponent);
  // Lenses are a little narrower below.
  const narrow = 1 + 0.1 * s * (rim.exponent > 2.2 ? 1 : 0);
  out[0] = side * mount.eyeX * 1.03 + rim.halfWidth * c * box * narrow * mount.size;
  out[1] = mount.eyeY - 0.02 + rim.halfHeight * s * box * mount.size;
  out[2] = mount.depthAt(out[0]);
}
