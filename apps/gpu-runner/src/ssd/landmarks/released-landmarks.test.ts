import { expect, test } from 'vitest';
import { createCamera } from '../cameras/camera.ts';
import { projectLandmarks } from './project-landmarks.ts';
import { releasedLandmarks } from './released-landmarks.ts';

/** Outer eye corners, nose tip and chin of the template, head heights. */
const positions = Float32Array.of(
  0.185,
  0.014,
  0.351,
  -0.185,
  0.014,
  0.351,
  0,
  -0.157,
  0.516,
  0,
  -0.493,
  0.339,
);
const anchors = { positions, chainStarts: [0, 3, 4] };
const style = {
  chains: [
    { name: 'eyes', kind: 'open' as const, color: [1, 1, 1] as const },
    { name: 'oval', kind: 'closed' as const, color: [2, 2, 2] as const },
  ],
};
const DEGREE = Math.PI / 180;

function released(azimuth: number, elevation: number, fovY = 40) {
  const pose = { azimuthRad: azimuth * DEGREE, elevationRad: elevation * DEGREE, fovYRad: fovY * DEGREE };
  return releasedLandmarks(anchors, pose, style);
}

/** Where an orbit camera of the release really sees them. */
function seen(azimuth: number, elevation: number, fovY = 40): Float64Array {
  const camera = createCamera({
    azimuthRad: azimuth * DEGREE,
    elevationRad: elevation * DEGREE,
    fovYRad: fovY * DEGREE,
    distance: 3 / 1.1,
    target: [0, -0.087, 0],
  });
  const normals = new Float32Array(positions.length);
  const picture = { size: 1, depth: Float32Array.of(9) };
  const limits = { hiddenBelowCosine: -2, hiddenBehindDepth: 9 };
  return projectLandmarks({ ...anchors, normals, depths: normals }, camera, picture, limits).points;
}

/** Angle of the line through both eye corners, degrees. */
function tilt(points: Float64Array): number {
  return Math.atan2(points[3] - points[1], points[2] - points[0]) / DEGREE;
}

test('from the front they lie level, and larger than the head by about the measured third', () => {
  const { points, visible } = released(0, 0);
  expect(Math.abs(Math.sin(tilt(points) * DEGREE))).toBeLessThan(1e-6);
  const own = seen(0, 0);
  const height = (at: Float64Array) => at[7] - at[1];
  expect(height(points) / height(own)).toBeGreaterThan(1.15);
  expect(height(points) / height(own)).toBeLessThan(1.45);
  expect([...visible]).toEqual([1, 1, 1, 1]);
});

test('turned and raised at once they are twisted in the picture, turned or raised alone they are not', () => {
  const twist = (azimuth: number, elevation: number) =>
    Math.abs(tilt(released(azimuth, elevation).points) - tilt(seen(azimuth, elevation)));
  expect(twist(0, 30)).toBeLessThan(0.5);
  // Another distance and lens: perspective alone.
  expect(twist(30, 0)).toBeLessThan(4);
  expect(twist(45, 45)).toBeGreaterThan(25);
});

test('nothing is hidden up to the side, and from behind the oval is left', () => {
  expect([...released(80, 10).visible]).toEqual([1, 1, 1, 1]);
  expect([...released(-120, 10).visible]).toEqual([0, 0, 0, 1]);
  expect([...released(360 + 120, 10).visible]).toEqual([0, 0, 0, 1]);
});
