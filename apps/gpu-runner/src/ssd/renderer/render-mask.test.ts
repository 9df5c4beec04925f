import { expect, test } from 'vitest';
import { createCamera } from '../cameras/camera.ts';
import { createBall } from './ball-mesh.ts';
import { createMaskTarget, renderMask, renderMaskBackward } from './render-mask.ts';
import { renderNormals } from './render-normals.ts';
import { createRenderTarget } from './render-target.ts';
import { createSurfaceGradient, prepareSurface } from './surface.ts';

const SIZE = 128;
const camera = createCamera({
  azimuthRad: 0.3,
  elevationRad: 0.2,
  fovYRad: 0.36,
  distance: 6,
  target: [0, 0, 0],
});
const ball = createBall(40);

/** Area of the mask of the ball at `scale`, pixels, and what its backward pass makes of it. */
function area(scale: number): { pixels: number; gradient: Float32Array; positions: Float32Array } {
  const surface = prepareSurface({ ...ball, positions: ball.positions.map((p) => p * scale) });
  const target = createRenderTarget(SIZE);
  const mask = createMaskTarget(SIZE);
  renderNormals(surface, camera, target);
  renderMask(target, mask);
  const gradient = createSurfaceGradient(surface);
  // Of one channel, so that the area counts once.
  const weights = new Float32Array(mask.image.length).map((_, i) => (i % 3 === 0 ? 1 : 0));
  const pixels = mask.image.reduce((sum, v, i) => sum + v * weights[i], 0);
  renderMaskBackward(target, mask, weights, gradient);
  return { pixels, gradient: gradient.positions, positions: surface.mesh.positions };
}

test('the mask is one on the surface, nothing beside it, and as large as the disk that is seen', () => {
  const surface = prepareSurface(ball);
  const target = createRenderTarget(SIZE);
  const mask = createMaskTarget(SIZE);
  renderNormals(surface, camera, target);
  renderMask(target, mask);
  const at = (x: number, y: number) => [...mask.image.subarray((y * SIZE + x) * 3, (y * SIZE + x) * 3 + 3)];
  expect(at(SIZE / 2, SIZE / 2)).toEqual([1, 1, 1]);
  expect(at(0, 0)).toEqual([0, 0, 0]);
  const radius = Math.max(...ball.positions);
  // A sphere's outline is a circle of tan(asin(r/d)) around the axis; the picture spans 2·tan(fov/2).
  const share = Math.tan(Math.asin(radius / 6)) / Math.tan(0.18) / 2;
  expect(area(1).pixels / (Math.PI * (share * SIZE) ** 2)).toBeCloseTo(1, 1.5);
});

test('has the derivative of its area under scaling', () => {
  const step = 0.02;
  const { gradient, positions } = area(1);
  const analytic = positions.reduce((sum, p, i) => sum + p * gradient[i], 0);
  const numeric = (area(1 + step).pixels - area(1 - step).pixels) / (2 * step);
  // The picture is only piecewise smooth in the vertices: crossings at corners and the pixels' phases leave a tenth.
  expect(analytic / numeric).toBeGreaterThan(0.9);
  expect(analytic / numeric).toBeLessThan(1.1);
});
