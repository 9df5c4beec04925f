import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { createBall, createBumpyBall } from './ball-mesh.ts';
import { computeVertexNormals, computeVertexNormalsBackward, createVertexNormals } from './vertex-normals.ts';

describe('computeVertexNormals', () => {
  test('points radially out of a ball', () => {
    const mesh = createBall(16);
    const { normals } = computeVertexNormals(mesh);
    for (let i = 0; i < normals.length; i += 3) {
      const cosine =
        (normals[i] * mesh.positions[i] +
          normals[i + 1] * mesh.positions[i + 1] +
          normals[i + 2] * mesh.positions[i + 2]) /
        0.5;
      // Facets of 90°/16 leave the normal within two degrees of the radius.
      expect(cosine).toBeGreaterThan(Math.cos(0.035));
    }
  });

  test('weighs faces by area', () => {
    // Vertex 0 belongs to a face of area 1 in the xy plane and one of area 3 in the yz plane.
    const positions = Float32Array.from([0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, 2]);
    const indices = Uint32Array.from([0, 1, 2, 0, 3, 4]);
    const { normals, lengths } = computeVertexNormals({ positions, indices });
    expect(normals[0]).toBeCloseTo(6 / Math.hypot(6, 2), 6);
    expect(normals[1]).toBeCloseTo(0, 6);
    expect(normals[2]).toBeCloseTo(2 / Math.hypot(6, 2), 6);
    expect(lengths[0]).toBeCloseTo(Math.hypot(6, 2), 5);
  });

  test('gives a vertex without area the zero normal and no gradient', () => {
    const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 5]);
    const mesh = { positions, indices: Uint32Array.from([0, 1, 2]) };
    const computed = computeVertexNormals(mesh);
    expect(Array.from(computed.normals.subarray(9))).toEqual([0, 0, 0]);
    const gradient = new Float32Array(12);
    computeVertexNormalsBackward(mesh, computed, new Float32Array(12).fill(1), gradient);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(Array.from(gradient.subarray(9))).toEqual([0, 0, 0]);
  });

  test('backward agrees with finite differences', () => {
    const mesh = createBumpyBall(3);
    const weights = createRandom(2).normals(mesh.positions.length);
    const computed = createVertexNormals(mesh.positions.length / 3);
    const loss = () => {
      computeVertexNormals(mesh, computed);
      return computed.normals.reduce((sum, n, i) => sum + n * weights[i], 0);
    };
    loss();
    const gradient = new Float32Array(mesh.positions.length);
    computeVertexNormalsBackward(mesh, computed, weights.slice(), gradient);
    // Normals are float32 sums (1e-7 over a step of 1e-3) and curve over an edge of 0.25: both near 1e-4.
    const report = checkGradient({ parameters: mesh.positions, gradient, loss, step: 1e-3 });
    expect(report.relativeError).toBeLessThan(1e-3);
  });
});
