import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createCamera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { createBall, createBumpyBall, createTorus } from './ball-mesh.ts';
import { createRenderTarget } from './render-target.ts';
import { renderNormals, renderNormalsBackward } from './render-normals.ts';
import { createSurfaceGradient, prepareSurface, surfaceBackward } from './surface.ts';

const camera = createCamera({
  azimuthRad: 0.4,
  elevationRad: 0.35,
  fovYRad: 0.36,
  distance: 4.8,
  target: [0, -0.02, 0],
});

describe('renderNormals', () => {
  test('shows the world direction of a ball at each pixel, on the background', () => {
    const front = createCamera({ ...camera, azimuthRad: 0, elevationRad: 0, target: [0, 0, 0] });
    const target = createRenderTarget(64);
    renderNormals(prepareSurface(createBall(32)), front, target, [0.1, 0.2, 0.3]);
    const at = (x: number, y: number) =>
      Array.from(target.image.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3));
    expect(at(0, 0)[0]).toBeCloseTo(0.1, 6);
    expect(at(0, 0)[2]).toBeCloseTo(0.3, 6);
    const [x, y, z] = at(31, 31);
    expect(x).toBeCloseTo(0.5, 1);
    expect(y).toBeCloseTo(0.5, 1);
    expect(z).toBeCloseTo(1, 2);
    // +X, the subject's left, is to the right of the picture; +Y is up.
    expect(at(45, 31)[0]).toBeGreaterThan(0.75);
    expect(at(18, 31)[0]).toBeLessThan(0.25);
    expect(at(31, 18)[1]).toBeGreaterThan(0.75);
  });

  test('turns normals that face away toward the camera', () => {
    // Open at one triangle: back faces of a closed mesh are never drawn.
    const { positions, indices } = createBall(16);
    const ball = { positions, indices: indices.subarray(3) };
    const insideOut = { positions, indices: ball.indices.slice().reverse() };
    const expected = createRenderTarget(32);
    const seen = createRenderTarget(32);
    renderNormals(prepareSurface(ball), camera, expected);
    renderNormals(prepareSurface(insideOut), camera, seen);
    const difference = seen.image.reduce((most, v, i) => Math.max(most, Math.abs(v - expected.image[i])), 0);
    // The sums run in another order.
    expect(difference).toBeLessThan(1e-5);
  });

  test('gives the same bytes from used buffers', () => {
    const used = createRenderTarget(32);
    const fresh = createRenderTarget(32);
    const before = prepareSurface(createTorus(20));
    renderNormals(before, camera, used);
    renderNormalsBackward(before, used, used.image, createSurfaceGradient(before));
    const surface = prepareSurface(createBumpyBall(10));
    const gradients = [used, fresh].map((target) => {
      renderNormals(surface, camera, target);
      const gradient = createSurfaceGradient(surface);
      renderNormalsBackward(surface, target, target.image, gradient);
      surfaceBackward(surface, gradient);
      return gradient.positions;
    });
    expect(used.image).toEqual(fresh.image);
    expect(gradients[0]).toEqual(gradients[1]);
  });

  // The picture is only piecewise smooth in the vertices, so single entries are not compared but sums over
  // the whole mesh, over one pixel; 10 % is what crossings at corners and the pixels' phases leave.
  for (const [name, mesh] of [
    ['a bumpy head-sized ball of 40k triangles', createBumpyBall(58)],
    ['a torus that hides part of itself', createTorus(100)],
  ] as const) {
    test(`has the derivative of its whole picture under scaling: ${name}`, () => {
      const ratio = derivativeRatio(mesh, 128, (x, y, z) => [x, y, z]);
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
    });
    test(`has the derivative of its whole picture under stretching: ${name}`, () => {
      const ratio = derivativeRatio(mesh, 128, (_x, y) => [0, y, 0]);
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
    });
  }

  test('agrees with finite differences for every vertex normal, those on the outline included', () => {
    const surface = prepareSurface(createTorus(10));
    const target = createRenderTarget(24);
    const weights = new Float32Array(24 * 24 * 3).map((_, i) => Math.sin(i * 0.7));
    const loss = () => {
      renderNormals(surface, camera, target);
      return target.image.reduce((sum, v, i) => sum + v * weights[i], 0);
    };
    loss();
    const gradient = createSurfaceGradient(surface);
    renderNormalsBackward(surface, target, weights, gradient);
    const report = checkGradient({
      parameters: surface.vertexNormals.normals,
      gradient: gradient.normals,
      loss,
      step: 3e-3,
    });
    // The outline stays where it is, so the picture is smooth; left are curvature and float32 colors.
    expect(report.relativeError).toBeLessThan(1e-3);
  });

  test('lets outlines pull as much as asked, and changes nothing inside them', () => {
    const surface = prepareSurface(createTorus(10));
    const target = createRenderTarget(24);
    const weights = new Float32Array(24 * 24 * 3).map((_, i) => Math.sin(i * 0.7));
    const [none, half, whole] = [0, 0.5, 1].map((share) => {
      renderNormals(surface, camera, target);
      const gradient = createSurfaceGradient(surface);
      renderNormalsBackward(surface, target, weights, gradient, share);
      return gradient;
    });
    expect(none.normals).toEqual(whole.normals);
    expect(none.positions).not.toEqual(whole.positions);
    // Linear in the share, to float32.
    half.positions.forEach((g, i) => {
      expect(g).toBeCloseTo((none.positions[i] + whole.positions[i]) / 2, 4);
    });
  });

  test('agrees with finite differences vertex by vertex inside the outline', () => {
    // The view lies within the ball, so no outline, where pictures jump, is in it.
    const mesh = createBumpyBall(3);
    const near = createCamera({ ...camera, fovYRad: 0.12 });
    const target = createRenderTarget(32);
    const weights = new Float32Array(32 * 32 * 3);
    for (let i = 0; i < weights.length; i++) weights[i] = Math.sin(Math.floor(i / 3) * 0.01);
    const loss = () => {
      renderNormals(prepareSurface(mesh), near, target);
      return target.image.reduce((sum, v, i) => sum + v * weights[i], 0);
    };
    loss();
    expect(target.raster.coveredCount).toBe(64 * 64);
    const surface = prepareSurface(mesh);
    const gradient = createSurfaceGradient(surface);
    renderNormals(surface, near, target);
    renderNormalsBackward(surface, target, weights, gradient);
    surfaceBackward(surface, gradient);
    const report = checkGradient({
      parameters: mesh.positions,
      gradient: gradient.positions,
      loss,
      step: 1e-3,
    });
    // Smooth normals are continuous across triangles, so only their kinks (order step) and float32 remain.
    expect(report.relativeError).toBeLessThan(5e-3);
  });
});

/** The backward pass's derivative along `move` over that of central differences. */
function derivativeRatio(
  mesh: TriangleMesh,
  imageSize: number,
  move: (x: number, y: number, z: number) => readonly number[],
): number {
  const { positions, indices } = mesh;
  const target = createRenderTarget(imageSize);
  const weights = new Float32Array(imageSize * imageSize * 3);
  for (let y = 0, i = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const u = (x / imageSize) * 8 - 4;
      const v = (y / imageSize) * 6 - 3;
      for (let c = 0; c < 3; c++, i++) weights[i] = Math.sin(u + c) * Math.cos(v - c) + 0.5;
    }
  }
  const surface = prepareSurface(mesh);
  const loss = (step: number) => {
    const moved = positions.slice();
    for (let i = 0; i < moved.length; i += 3) {
      const direction = move(positions[i], positions[i + 1], positions[i + 2]);
      for (let c = 0; c < 3; c++) moved[i + c] += step * direction[c];
    }
    renderNormals(prepareSurface({ positions: moved, indices }, surface.edges), camera, target);
    return target.image.reduce((sum, v, i) => sum + v * weights[i], 0);
  };
  const step = 0.5 / imageSize;
  const numeric = (loss(step) - loss(-step)) / (2 * step);
  renderNormals(surface, camera, target);
  const gradient = createSurfaceGradient(surface);
  renderNormalsBackward(surface, target, weights, gradient);
  surfaceBackward(surface, gradient);
  let analytic = 0;
  for (let i = 0; i < positions.length; i += 3) {
    const direction = move(positions[i], positions[i + 1], positions[i + 2]);
    for (let c = 0; c < 3; c++) analytic += gradient.positions[i + c] * direction[c];
  }
  return analytic / numeric;
}
