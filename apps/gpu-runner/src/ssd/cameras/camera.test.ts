import { describe, expect, test } from 'vitest';
import { type Camera, createCamera } from './camera.ts';

function pose(azimuthRad: number, elevationRad: number): Camera {
  return createCamera({ azimuthRad, elevationRad, fovYRad: 0.4, distance: 5, target: [0.1, -0.02, 0.3] });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

describe('createCamera', () => {
  test('has a right-handed orthonormal frame whose forward axis leads from the eye to the target', () => {
    for (const azimuth of [-2.5, 0, 0.4, 3]) {
      for (const elevation of [-0.4, 0, 0.7]) {
        const { right, up, forward, eye, target } = pose(azimuth, elevation);
        for (const axis of [right, up, forward]) expect(dot(axis, axis)).toBeCloseTo(1, 12);
        expect(dot(right, up)).toBeCloseTo(0, 12);
        expect(dot(right, forward)).toBeCloseTo(0, 12);
        expect(dot(up, forward)).toBeCloseTo(0, 12);
        // Right × up points back at the viewer.
        const back = [
          right[1] * up[2] - right[2] * up[1],
          right[2] * up[0] - right[0] * up[2],
          right[0] * up[1] - right[1] * up[0],
        ];
        for (let k = 0; k < 3; k++) {
          expect(back[k]).toBeCloseTo(-forward[k], 12);
          expect(eye[k] + 5 * forward[k]).toBeCloseTo(target[k], 12);
        }
      }
    }
  });

  test('looks at the face from azimuth 0, at the left side of the subject from azimuth +90°', () => {
    const front = pose(0, 0);
    expect(front.eye[2]).toBeCloseTo(5.3, 12);
    expect(front.right).toEqual([1, 0, -0]);
    const left = pose(Math.PI / 2, 0);
    expect(left.eye[0]).toBeCloseTo(5.1, 12);
    // From there the face (+Z) looks to the left of the picture.
    expect(left.right[2]).toBeCloseTo(-1, 12);
  });

  test('looks down from above at positive elevation and keeps the horizon level', () => {
    const above = pose(0.8, 0.5);
    expect(above.eye[1]).toBeCloseTo(-0.02 + 5 * Math.sin(0.5), 12);
    expect(above.right[1]).toBe(0);
    expect(above.up[1]).toBeGreaterThan(0);
  });

  test('has the focal length of its field of view', () => {
    expect(pose(0, 0).focal).toBeCloseTo(1 / Math.tan(0.2), 12);
  });
});
