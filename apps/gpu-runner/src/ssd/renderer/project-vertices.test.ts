import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createCamera } from '../cameras/camera.ts';
import { projectVertices, projectVerticesBackward } from './project-vertices.ts';

const camera = createCamera({
  azimuthRad: 0.7,
  elevationRad: 0.3,
  fovYRad: 0.5,
  distance: 3,
  target: [0.1, -0.02, 0.05],
});

describe('projectVertices', () => {
  test('puts the target in the middle of the picture at the camera distance', () => {
    const screen = new Float64Array(3);
    projectVertices(Float32Array.from(camera.target), camera, 64, screen);
    // float32 positions carry about 1e-8 of the target's coordinates, magnified by focal · size / depth ≈ 42.
    expect(screen[0]).toBeCloseTo(32, 5);
    expect(screen[1]).toBeCloseTo(32, 5);
    expect(1 / screen[2]).toBeCloseTo(3, 6);
  });

  test('puts a point above the target at the top edge when it fills half the field of view', () => {
    const height = 3 * Math.tan(0.25);
    const position = camera.target.map((t, k) => t + height * camera.up[k]);
    const screen = new Float64Array(3);
    projectVertices(Float32Array.from(position), camera, 64, screen);
    expect(screen[0]).toBeCloseTo(32, 4);
    expect(screen[1]).toBeCloseTo(0, 4);
  });

  test('marks a vertex behind the eye with inverse depth 0', () => {
    const behind = camera.eye.map((e, k) => e - camera.forward[k]);
    const screen = new Float64Array(3).fill(7);
    projectVertices(Float32Array.from(behind), camera, 64, screen);
    expect(screen[2]).toBe(0);
  });

  test('backward agrees with finite differences', () => {
    const positions = Float32Array.from([0.3, 0.2, 0.1, -0.4, 0.5, 0.2, 0.1, -0.6, -0.3]);
    const weights = Float64Array.from([0.7, -0.4, 90, 0.2, 0.9, -60, -0.8, 0.3, 40]);
    const screen = new Float64Array(9);
    const loss = () => {
      projectVertices(positions, camera, 64, screen);
      return screen.reduce((sum, s, i) => sum + s * weights[i], 0);
    };
    loss();
    const gradient = new Float32Array(9);
    projectVerticesBackward(camera, 64, screen, weights, gradient);
    // Central differences at 1e-3 of a smooth function: curvature leaves about 1e-6, float32 sums 1e-7.
    expect(checkGradient({ parameters: positions, gradient, loss, step: 1e-3 }).relativeError).toBeLessThan(
      1e-5,
    );
  });
});
