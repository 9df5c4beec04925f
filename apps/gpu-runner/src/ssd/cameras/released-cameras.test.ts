import { expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { RELEASED_CAMERAS, sampleReleasedCameras } from './released-cameras.ts';

const cameras = sampleReleasedCameras(4000, RELEASED_CAMERAS, createRandom(1));
const degrees = (rad: number) => (rad * 180) / Math.PI;

test('the eye stays at 3 of the released units and its lens goes from 30° to 50°', () => {
  for (const { distance, fovYRad, target } of cameras) {
    expect(distance * 1.1).toBeCloseTo(3, 12);
    expect(degrees(fovYRad)).toBeGreaterThanOrEqual(30 - 1e-9);
    expect(degrees(fovYRad)).toBeLessThanOrEqual(50 + 1e-9);
    expect(target).toEqual(RELEASED_CAMERAS.target);
  }
});

test('elevations lie in −10° … 45°, and more of them between −6.4° and 30° than a uniform angle gives', () => {
  const elevations = cameras.map(({ elevationRad }) => degrees(elevationRad));
  expect(Math.min(...elevations)).toBeGreaterThanOrEqual(-10);
  expect(Math.max(...elevations)).toBeLessThanOrEqual(45);
  const inside = elevations.filter((e) => e > -6.38 && e < 30).length / elevations.length;
  // Half of the draws always, and 36.4 of 55 degrees of the others; the standard deviation is 0.006.
  expect(inside).toBeCloseTo(0.5 + 0.5 * (36.38 / 55), 1);
  expect(Math.abs(inside - 0.831)).toBeLessThan(0.03);
});

test('azimuths are uniform all around', () => {
  const quarters = [0, 0, 0, 0];
  for (const { azimuthRad } of cameras) quarters[Math.floor(((azimuthRad + Math.PI) / (2 * Math.PI)) * 4)]++;
  // 1000 expected in each, standard deviation 27.
  for (const hits of quarters) expect(Math.abs(hits - 1000)).toBeLessThan(120);
});
