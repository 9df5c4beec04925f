import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createCamera } from '../cameras/camera.ts';
import { createBall, createTorus } from './ball-mesh.ts';
import { createRenderTarget } from './render-target.ts';
import { gatherSurfacePoints, shadePoints, shadePointsBackward } from './shade-points.ts';
import { prepareSurface } from './surface.ts';

const camera = createCamera({
  azimuthRad: 2.5,
  elevationRad: 0.4,
  fovYRad: 0.36,
  distance: 4,
  target: [0, 0, 0],
});

describe('gatherSurfacePoints', () => {
  test('returns points on the surface, on the side of the camera', () => {
    const target = createRenderTarget(32);
    const points = new Float32Array(64 * 64 * 3);
    const count = gatherSurfacePoints(prepareSurface(createBall(32)), camera, target, points);
    expect(count).toBe(target.raster.coveredCount);
    expect(count).toBeGreaterThan(800);
    for (let i = 0; i < count * 3; i += 3) {
      // Facets of 90°/32 lie up to 1 − cos(1.4° · √2) inside the ball of radius 0.5.
      expect(Math.abs(Math.hypot(points[i], points[i + 1], points[i + 2]) - 0.5)).toBeLessThan(5e-4);
      const [fx, fy, fz] = camera.forward;
      expect(fx * points[i] + fy * points[i + 1] + fz * points[i + 2]).toBeLessThan(0);
    }
  });
});

describe('shadePoints', () => {
  test('shows constant colors unchanged inside and the background outside', () => {
    const target = createRenderTarget(32);
    const points = new Float32Array(64 * 64 * 3);
    const count = gatherSurfacePoints(prepareSurface(createBall(32)), camera, target, points);
    const colors = new Float32Array(count * 3);
    for (let n = 0; n < count; n++) colors.set([0.9, 0.5, 0.1], n * 3);
    shadePoints(target, colors, [0.2, 0.4, 0.6]);
    const at = (x: number, y: number) =>
      Array.from(target.image.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3));
    expect(at(16, 16).map((v) => v.toFixed(5))).toEqual(['0.90000', '0.50000', '0.10000']);
    expect(at(0, 0).map((v) => v.toFixed(5))).toEqual(['0.20000', '0.40000', '0.60000']);
    const reds = Array.from(target.image).filter((_, i) => i % 3 === 0);
    expect(reds.filter((r) => r > 0.21 && r < 0.89).length).toBeGreaterThan(30);
  });

  test('backward is the transpose of forward', () => {
    const target = createRenderTarget(24);
    const points = new Float32Array(48 * 48 * 3);
    const count = gatherSurfacePoints(prepareSurface(createTorus(40)), camera, target, points);
    const random = createRandom(6);
    const colors = random.normals(count * 3);
    const gradImage = random.normals(24 * 24 * 3);
    const gradColors = new Float32Array(count * 3);
    // On a black background the picture is linear in the colors.
    shadePoints(target, colors, [0, 0, 0]);
    shadePointsBackward(target, gradImage, gradColors);
    const left = target.image.reduce((sum, v, i) => sum + v * gradImage[i], 0);
    const right = colors.reduce((sum, v, i) => sum + v * gradColors[i], 0);
    expect(Math.abs(left)).toBeGreaterThan(0.1);
    // float32 rounding of about a thousand terms near 1.
    expect(Math.abs(left - right)).toBeLessThan(1e-3);
  });
});
