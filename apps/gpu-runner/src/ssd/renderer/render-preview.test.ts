import { describe, expect, test } from 'vitest';
import { createCamera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { createBall } from './ball-mesh.ts';
import { createRaster } from './rasterize.ts';
import { renderNormalMap, renderTextured } from './render-preview.ts';

/** At the target's depth the picture is 2.4 units wide. */
const camera = createCamera({
  azimuthRad: 0,
  elevationRad: 0,
  fovYRad: 2 * Math.atan(1.2 / 10),
  distance: 10,
  target: [0, 0, 0],
});

/** A square from −1 to 1 that shows the whole texture upright: v runs down. */
const square: TriangleMesh = {
  positions: Float32Array.from([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]),
  indices: Uint32Array.from([0, 1, 2, 0, 2, 3]),
};
const squareUvs = Float32Array.from([0, 1, 1, 1, 1, 0, 0, 0]);

/** Red and green above blue and white. */
const texture = {
  data: Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1]),
  width: 2,
  height: 2,
};

describe('renderTextured', () => {
  test('shows the texture upright, bilinear between texels, on the background', () => {
    const image = renderTextured({
      mesh: square,
      uvs: squareUvs,
      texture,
      camera,
      size: 24,
      lighting: 'albedo',
      background: [0.25, 0.5, 0.75],
    });
    const at = (x: number, y: number) => Array.from(image.subarray((y * 24 + x) * 3, (y * 24 + x) * 3 + 3));
    expect(at(0, 0)).toEqual([0.25, 0.5, 0.75]);
    expectColor(at(3, 3), [1, 0, 0]);
    expectColor(at(20, 3), [0, 1, 0]);
    expectColor(at(3, 20), [0, 0, 1]);
    expectColor(at(20, 20), [1, 1, 1]);
    // Pixel 11 ends in the middle: its mean is 1/40 of the texture's width left of it, 1/20 of the way.
    expectColor(at(11, 3), [0.55, 0.45, 0]);
  });

  test('has a white background by default', () => {
    const image = renderTextured({
      mesh: square,
      uvs: squareUvs,
      texture,
      camera,
      size: 24,
      lighting: 'albedo',
    });
    expect(Array.from(image.subarray(0, 3))).toEqual([1, 1, 1]);
  });

  test('soft light keeps the hue, brightens what looks up and never leaves [0, 1]', () => {
    const mesh = createBall(12);
    const uvs = new Float32Array((mesh.positions.length / 3) * 2).fill(0.5);
    const plain = { data: Float32Array.from([0.6, 0.3, 0.3]), width: 1, height: 1 };
    const image = renderTextured({ mesh, uvs, texture: plain, camera, size: 48, lighting: 'soft' });
    const at = (x: number, y: number) => Array.from(image.subarray((y * 48 + x) * 3, (y * 48 + x) * 3 + 3));
    const upper = at(23, 17);
    const lower = at(23, 30);
    expect(upper[0]).toBeGreaterThan(lower[0] + 0.1);
    for (const color of [upper, lower]) {
      expect(color[1]).toBeCloseTo(color[2], 6);
      expect(color[0]).toBeGreaterThan(color[1]);
    }
    expect(Math.min(...image)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...image)).toBeLessThanOrEqual(1);
  });

  test('refuses buffers of another size', () => {
    const raster = createRaster(24);
    const options = { mesh: square, uvs: squareUvs, texture, camera, size: 24, raster };
    expect(() => renderTextured({ ...options, lighting: 'albedo' })).toThrow(
      'expected a raster of 72 pixels',
    );
  });
});

describe('renderNormalMap', () => {
  test('does not show UV seams', () => {
    const whole = createBall(8);
    // Every triangle with vertices of its own: nothing but seams.
    const split: TriangleMesh = {
      positions: Float32Array.from(
        Array.from(whole.indices).flatMap((v) => Array.from(whole.positions.subarray(v * 3, v * 3 + 3))),
      ),
      indices: whole.indices.map((_, i) => i),
    };
    const expected = renderNormalMap({ mesh: whole, camera, size: 32 });
    const seen = renderNormalMap({ mesh: split, camera, size: 32 });
    const difference = seen.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i])), 0);
    expect(difference).toBeLessThan(1e-5);
    expect(Array.from(expected.subarray(0, 3))).toEqual([0, 0, 0]);
    expect(expected[(16 * 32 + 16) * 3 + 2]).toBeGreaterThan(0.95);
  });
});

function expectColor(seen: number[], expected: number[]): void {
  for (let k = 0; k < 3; k++) expect(seen[k]).toBeCloseTo(expected[k], 5);
}
