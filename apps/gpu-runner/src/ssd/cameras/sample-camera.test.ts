import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { type CloseUp, type Framing, sampleCameras } from './sample-camera.ts';

const framing: Framing = {
  target: [0, -0.02, 0],
  fovYRad: [0.28, 0.45],
  elevationRad: [-0.35, 0.52],
  distanceFactor: [0.92, 1.12],
  halfHeight: 0.875,
};
const around = { frontShare: 0, frontSpreadRad: 0.3 };

describe('sampleCameras', () => {
  test('stays inside the framing', () => {
    const random = createRandom(1);
    for (const camera of sampleCameras(500, framing, { frontShare: 0.5, frontSpreadRad: 0.6 }, random)) {
      expect(camera.target).toEqual([0, -0.02, 0]);
      expect(camera.fovYRad).toBeGreaterThanOrEqual(0.28);
      expect(camera.fovYRad).toBeLessThanOrEqual(0.45);
      expect(camera.elevationRad).toBeGreaterThanOrEqual(-0.35);
      expect(camera.elevationRad).toBeLessThanOrEqual(0.52);
      const factor = (camera.distance * Math.tan(camera.fovYRad / 2)) / 0.875;
      expect(factor).toBeGreaterThanOrEqual(0.92 - 1e-12);
      expect(factor).toBeLessThanOrEqual(1.12 + 1e-12);
      expect(camera.azimuthRad).toBeGreaterThanOrEqual(-Math.PI);
      expect(camera.azimuthRad).toBeLessThan(Math.PI);
    }
  });

  test('the views of one step go all the way around the head', () => {
    const random = createRandom(2);
    for (let step = 0; step < 100; step++) {
      const azimuths = sampleCameras(6, framing, around, random).map((c) => c.azimuthRad);
      const sorted = azimuths.toSorted((a, b) => a - b);
      const gaps = sorted.map((a, i) => (sorted[i + 1] ?? sorted[0] + 2 * Math.PI) - a);
      // One in each sixth of the circle: neighbors are at most two sectors apart.
      expect(Math.max(...gaps)).toBeLessThanOrEqual((2 * 2 * Math.PI) / 6 + 1e-9);
    }
  });

  test('every single slot is uniform around the head', () => {
    const random = createRandom(3);
    const octants = new Array<number>(8).fill(0);
    for (let step = 0; step < 4000; step++) {
      const first = sampleCameras(3, framing, around, random)[0].azimuthRad;
      octants[Math.floor(((first + Math.PI) / (2 * Math.PI)) * 8)]++;
    }
    // 500 expected in each, standard deviation 21.
    for (const hits of octants) expect(Math.abs(hits - 500)).toBeLessThan(100);
  });

  test('draws the asked share around the front, first in the step', () => {
    const random = createRandom(4);
    let front = 0;
    for (let step = 0; step < 2000; step++) {
      // A spread of zero marks the front views.
      const cameras = sampleCameras(3, framing, { frontShare: 0.4, frontSpreadRad: 0 }, random);
      const marks = cameras.map((c) => Math.abs(c.azimuthRad) < 1e-12);
      front += marks.filter(Boolean).length;
      expect(marks.indexOf(false)).toBe(marks.filter(Boolean).length);
    }
    // 1.2 of 3 views on average; the rounding's standard deviation over 2000 steps is 0.01.
    expect(Math.abs(front / 2000 - 1.2)).toBeLessThan(0.05);
  });

  test('the same stream gives the same cameras', () => {
    const mixture = { frontShare: 0.3, frontSpreadRad: 0.5 };
    const first = sampleCameras(4, framing, mixture, createRandom(5));
    expect(sampleCameras(4, framing, mixture, createRandom(5))).toEqual(first);
    expect(sampleCameras(4, framing, mixture, createRandom(6))).not.toEqual(first);
  });

  describe('close-ups', () => {
    const closeUp: CloseUp = {
      target: [0, -0.12, 0.2],
      distanceFactor: [0.4, 0.6],
      azimuthRad: [-1, 1],
      elevationRad: [-0.2, 0.3],
    };
    const mixture = { frontShare: 0.5, frontSpreadRad: 0.9, closeUpShare: 0.6 };

    test('are the asked share of the front views, inside their own ranges', () => {
      const cameras = sampleCameras(4000, { ...framing, closeUp }, mixture, createRandom(7));
      const near = cameras.filter(({ target }) => target[2] === 0.2);
      // 1200 expected, standard deviation 22.
      expect(Math.abs(near.length - 1200)).toBeLessThan(110);
      for (const { azimuthRad, elevationRad, distance, fovYRad } of near) {
        expect(Math.abs(azimuthRad)).toBeLessThanOrEqual(1);
        expect(elevationRad).toBeGreaterThanOrEqual(-0.2);
        expect(elevationRad).toBeLessThanOrEqual(0.3);
        const factor = (distance * Math.tan(fovYRad / 2)) / framing.halfHeight;
        expect(factor).toBeGreaterThanOrEqual(0.4 - 1e-12);
        expect(factor).toBeLessThanOrEqual(0.6 + 1e-12);
      }
    });

    test('are none where the teacher has seen none, and the other cameras are the same', () => {
      const without = sampleCameras(50, framing, mixture, createRandom(8));
      expect(without.every(({ target }) => target === framing.target)).toBe(true);
      expect(without).toEqual(sampleCameras(50, framing, { ...mixture, closeUpShare: 0 }, createRandom(8)));
    });
  });
});
