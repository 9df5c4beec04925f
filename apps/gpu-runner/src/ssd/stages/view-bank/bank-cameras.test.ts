import { expect, test } from 'vitest';
import { bankCameras } from './bank-cameras.ts';

const framing = {
  target: [0, -0.02, 0],
  fovYRad: [0.3, 0.4],
  elevationRad: [-0.35, 0.5],
  distanceFactor: [0.9, 1.1],
  halfHeight: 0.875,
} as const;

test('the bank looks from all sides inside the framing, straight at the face once, and closest together there', () => {
  const cameras = bankCameras(framing, 25);
  const azimuths = cameras.map(({ azimuthRad }) => azimuthRad);
  expect(azimuths).toEqual(azimuths.toSorted((a, b) => a - b));
  expect(azimuths[12]).toBeCloseTo(0, 12);
  expect(cameras[12].elevationRad).toBe(0);
  for (const [i, azimuth] of azimuths.entries()) expect(azimuths[24 - i]).toBeCloseTo(-azimuth, 12);
  const gaps = [...azimuths.slice(1), azimuths[0] + 2 * Math.PI].map((azimuth, i) => azimuth - azimuths[i]);
  expect(Math.min(...gaps)).toBe(Math.min(gaps[11], gaps[12]));
  expect(gaps[12]).toBeLessThan((0.55 * 2 * Math.PI) / 25);
  // Behind, where the rule has its largest slope of 2, and never farther than that.
  expect(Math.max(...gaps)).toBeLessThan((2 * 2 * Math.PI) / 25 + 1e-9);
  for (const { elevationRad, fovYRad, distance } of cameras) {
    expect(elevationRad).toBeGreaterThanOrEqual(-0.35);
    expect(elevationRad).toBeLessThanOrEqual(0.5);
    expect(distance * Math.tan(fovYRad / 2)).toBeCloseTo(0.875, 12);
  }
});
