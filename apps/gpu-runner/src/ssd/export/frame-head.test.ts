import { describe, expect, it } from 'vitest';
import type { Camera } from '../cameras/camera.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { frameHead } from './frame-head.ts';

describe('frameHead', () => {
  it('keeps ordinary heads at one distance, and steps back for what would be cut off', () => {
    const small = frameHead(
      createBall(4, () => 0.3),
      0,
      0,
    );
    expect(
      frameHead(
        createBall(4, () => 0.5),
        1,
        0.1,
      ).distance,
    ).toBe(small.distance);
    const horned = createBall(16, (_x, y) => (y > 0.9 ? 1.4 : 0.5));
    for (const azimuthRad of [0, 1, 2, 3, 4, 5]) {
      const camera = frameHead(horned, azimuthRad, 0.1);
      expect(camera.distance).toBeGreaterThan(small.distance);
      expect(largestPictureCoordinate(horned.positions, camera)).toBeLessThan(1);
    }
  });
});

/** 1 is the picture's edge. */
function largestPictureCoordinate(
  positions: Float32Array,
  { eye, right, up, forward, focal }: Camera,
): number {
  let largest = 0;
  for (let i = 0; i < positions.length; i += 3) {
    const offset = eye.map((value, axis) => positions[i + axis] - value);
    const along = (direction: readonly number[]): number =>
      direction.reduce((sum, value, axis) => sum + value * offset[axis], 0);
    const depth = along(forward);
    largest = Math.max(
      largest,
      Math.abs((focal * along(right)) / depth),
      Math.abs((focal * along(up)) / depth),
    );
  }
  return largest;
}
