import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { createCamera } from '../cameras/camera.ts';
import { createBumpyBall } from './ball-mesh.ts';
import { interpolate, interpolateBackward } from './interpolate.ts';
import { createRaster, rasterize } from './rasterize.ts';

const camera = createCamera({
  azimuthRad: -0.6,
  elevationRad: 0.1,
  fovYRad: 0.5,
  distance: 3,
  target: [0, 0, 0],
});
const mesh = createBumpyBall(4);
const raster = createRaster(24);
rasterize(mesh, camera, raster);

describe('interpolate', () => {
  test('gives world positions that project back onto their own pixel at its depth', () => {
    const pixels = new Float32Array(24 * 24 * 3);
    interpolate(mesh.positions, mesh, raster, pixels);
    expect(raster.coveredCount).toBeGreaterThan(100);
    for (const p of raster.coveredPixels.subarray(0, raster.coveredCount)) {
      const from = [0, 1, 2].map((k) => pixels[p * 3 + k] - camera.eye[k]);
      const along = (axis: readonly number[]) => from[0] * axis[0] + from[1] * axis[1] + from[2] * axis[2];
      const depth = along(camera.forward);
      // float32 positions near 0.5: 1e-6 of the picture's side.
      expect(Math.abs(depth - raster.depth[p])).toBeLessThan(1e-5);
      const x = ((camera.focal * along(camera.right)) / depth + 1) * 12;
      const y = (1 - (camera.focal * along(camera.up)) / depth) * 12;
      expect(Math.abs(x - (p % 24) - 0.5)).toBeLessThan(1e-4);
      expect(Math.abs(y - Math.floor(p / 24) - 0.5)).toBeLessThan(1e-4);
    }
  });

  test('leaves empty pixels as they are', () => {
    const pixels = new Float32Array(24 * 24 * 3).fill(0.25);
    interpolate(mesh.positions, mesh, raster, pixels);
    expect(raster.triangleId[0]).toBe(-1);
    expect(Array.from(pixels.subarray(0, 3))).toEqual([0.25, 0.25, 0.25]);
  });

  test('backward agrees with finite differences for attributes and barycentrics', () => {
    const random = createRandom(5);
    const attributes = random.normals(mesh.positions.length);
    const weights = random.normals(24 * 24 * 3);
    const pixels = new Float32Array(24 * 24 * 3);
    const loss = () => {
      interpolate(attributes, mesh, raster, pixels);
      return pixels.reduce((sum, v, i) => sum + v * weights[i], 0);
    };
    const gradAttributes = new Float32Array(attributes.length);
    const gradBarycentrics = new Float32Array(24 * 24 * 2);
    interpolateBackward(attributes, mesh, raster, weights, gradAttributes, gradBarycentrics);
    // Linear in each argument: a wide step only leaves float32 rounding of the sums.
    const byAttribute = checkGradient({
      parameters: attributes,
      gradient: gradAttributes,
      loss,
      step: 0.5,
    });
    expect(byAttribute.relativeError).toBeLessThan(1e-5);
    const covered = Array.from(raster.coveredPixels.subarray(0, raster.coveredCount));
    const byBarycentric = checkGradient({
      parameters: raster.barycentrics,
      gradient: gradBarycentrics,
      loss,
      step: 0.5,
      indices: covered.flatMap((p) => [2 * p, 2 * p + 1]),
    });
    expect(byBarycentric.relativeError).toBeLessThan(1e-5);
  });
});
