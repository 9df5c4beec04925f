import { describe, expect, test } from 'vitest';
import { closeUpCamera, fixedCameras, orbitCamera, turntableCameras } from './orbit.ts';

const framing = {
  target: [0, -0.02, 0],
  fovYRad: [0.3, 0.4],
  elevationRad: [-0.35, 0.5],
  distanceFactor: [0.9, 1.1],
  halfHeight: 0.875,
} as const;

describe('orbit cameras', () => {
  test('stand in the middle of the framing, level', () => {
    const camera = orbitCamera(framing, 1);
    expect(camera.fovYRad).toBeCloseTo(0.35, 12);
    expect(camera.distance).toBeCloseTo(0.875 / Math.tan(0.175), 12);
    expect(camera.elevationRad).toBe(0);
  });

  test('never leave the elevations that the teacher knows', () => {
    expect(orbitCamera(framing, 0, 1).elevationRad).toBe(0.5);
    expect(orbitCamera(framing, 0, -1).elevationRad).toBe(-0.35);
  });

  test('left sees the left side of the subject (+X), back sees from behind', () => {
    const { front, left, right, back } = fixedCameras(framing);
    expect(front.eye[2]).toBeGreaterThan(4);
    expect(left.eye[0]).toBeGreaterThan(4);
    expect(right.eye[0]).toBeLessThan(-4);
    expect(back.eye[2]).toBeLessThan(-4);
  });

  test('a close-up stands in the middle of what the framing says of them', () => {
    const closeUp = {
      target: [0, -0.12, 0.2],
      distanceFactor: [0.4, 0.6],
      azimuthRad: [-1, 1],
      elevationRad: [-0.2, 0.3],
    } as const;
    const near = closeUpCamera({ ...framing, closeUp }, 0.5);
    expect(near?.distance).toBeCloseTo((0.5 * 0.875) / Math.tan(0.175), 12);
    expect(near).toMatchObject({ azimuthRad: 0.5, target: [0, -0.12, 0.2] });
    expect(closeUpCamera(framing, 0.5)).toBeUndefined();
  });

  test('a turntable starts in front and goes once around in equal steps', () => {
    const cameras = turntableCameras(framing, 8);
    expect(cameras).toHaveLength(8);
    cameras.forEach((camera, i) => expect(camera.azimuthRad).toBeCloseTo((i * Math.PI) / 4, 12));
    expect(new Set(cameras.map((c) => c.elevationRad)).size).toBe(1);
  });
});
