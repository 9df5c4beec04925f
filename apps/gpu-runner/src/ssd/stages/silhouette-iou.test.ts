import { expect, test } from 'vitest';
import { createCamera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { silhouetteIou } from './silhouette-iou.ts';

/** A square in the plane z = 0 that faces the camera, `width` wide and 1 high, with its left edge at x = 0. */
function square(width: number): TriangleMesh {
  return {
    positions: Float32Array.of(0, 0, 0, width, 0, 0, width, 1, 0, 0, 1, 0),
    indices: Uint32Array.of(0, 1, 2, 0, 2, 3),
  };
}

const camera = createCamera({
  azimuthRad: 0,
  elevationRad: 0,
  fovYRad: 0.4,
  distance: 10,
  target: [0.5, 0.5, 0],
});

test('a mesh agrees with itself, and with one half as wide by a half', () => {
  expect(silhouetteIou(square(1), square(1), camera)).toBe(1);
  // A pixel's width of 1/126 of the square either way.
  expect(silhouetteIou(square(1), square(0.5), camera)).toBeCloseTo(0.5, 1);
  expect(silhouetteIou(square(0.5), square(1), camera)).toBe(silhouetteIou(square(1), square(0.5), camera));
});
