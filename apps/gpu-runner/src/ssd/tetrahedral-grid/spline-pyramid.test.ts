import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { createSplineProbe, sampleSpline, sampleSplineBackward } from './sample-spline.ts';
import {
  collapsePyramid,
  collapsePyramidBackward,
  createSplinePyramid,
  finestLevel,
} from './spline-pyramid.ts';

const box = { min: [-1, -1.3, -0.8], max: [1, 1.3, 0.8] } as const;
const pyramid = createSplinePyramid({ box, coarsestSpacing: 0.8, levelCount: 3, channelCount: 2 });
const scales = [
  [1, 2],
  [0.5, 1.5],
  [0.25, 0.1],
];
const random = createRandom(1, 'spline');
const parameters = random.normals(pyramid.parameterCount);
const points = Float32Array.from({ length: 60 }, () => random.between(-1.2, 1.2));

/** The quadratic B-spline around 0, of width 3. */
function spline(t: number): number {
  const a = Math.abs(t);
  return a < 0.5 ? 0.75 - a * a : a < 1.5 ? 0.5 * (1.5 - a) ** 2 : 0;
}

/** The header's formula, term by term. */
function referenceValue(channel: number, point: ArrayLike<number>): number {
  const finest = finestLevel(pyramid);
  const inside = [0, 1, 2].map((axis) => {
    const length = (finest.nodes[axis] - 2) * finest.spacing;
    return Math.min(Math.max(point[axis] - pyramid.origin[axis], 0), length);
  });
  let sum = 0;
  pyramid.levels.forEach(({ spacing, nodes: [nx, ny, nz], nodeCount, start }, l) => {
    for (let k = 0; k < nodeCount; k++) {
      const node = [k % nx, Math.floor(k / nx) % ny, Math.floor(k / (nx * ny)) % nz];
      const weight = node.reduce((w, n, axis) => w * spline(inside[axis] / spacing - (n - 0.5)), 1);
      sum += scales[l][channel] * weight * parameters[start + channel * nodeCount + k];
    }
  });
  return sum;
}

describe('a spline pyramid', () => {
  it('evaluates to the sum of all its B-splines, inside the box and clamped outside', () => {
    const values = new Float32Array(40);
    const coefficients = collapsePyramid(pyramid, parameters, scales);
    sampleSpline({ pyramid, firstChannel: 0, channelCount: 2, positions: points }, coefficients, values);
    for (let p = 0; p < 20; p++) {
      for (let c = 0; c < 2; c++) {
        // Sums of about 80 float32 products of size 1.
        expect(values[2 * p + c]).toBeCloseTo(referenceValue(c, points.subarray(3 * p, 3 * p + 3)), 4);
      }
    }
  });

  it('answers the same at a single point, and only for the asked channel and rows', () => {
    const coefficients = collapsePyramid(pyramid, parameters, scales);
    const probe = createSplineProbe(pyramid, coefficients);
    const values = new Float32Array(20);
    const rows = Uint32Array.of(3, 17);
    sampleSpline(
      { pyramid, firstChannel: 1, channelCount: 1, positions: points, rows },
      coefficients,
      values,
    );
    for (const p of rows)
      expect(values[p]).toBeCloseTo(probe(1, points[3 * p], points[3 * p + 1], points[3 * p + 2]), 6);
    expect(values.filter((v) => v !== 0)).toHaveLength(2);
  });

  it('is constant where all coefficients are equal', () => {
    const ones = new Float32Array(pyramid.parameterCount).fill(1);
    const probe = createSplineProbe(pyramid, collapsePyramid(pyramid, ones, scales));
    for (let p = 0; p < 60; p += 3)
      expect(probe(0, points[p], points[p + 1], points[p + 2])).toBeCloseTo(1.75, 5);
  });

  it('has a continuous slope across lattice planes', () => {
    const probe = createSplineProbe(pyramid, collapsePyramid(pyramid, parameters, scales));
    const step = 1e-4;
    for (let plane = 1; plane < 10; plane++) {
      const x = pyramid.origin[0] + plane * finestLevel(pyramid).spacing;
      const slope = (from: number): number =>
        (probe(0, from + step, 0.1, 0.2) - probe(0, from, 0.1, 0.2)) / step;
      // The second derivative is below 100, so slopes a step apart differ by at most 0.01 plus rounding.
      expect(Math.abs(slope(x) - slope(x - step))).toBeLessThan(0.05);
    }
  });

  it('has a backward pass from points to parameters that agrees with finite differences', () => {
    const weights = random.normals(40);
    const samples = { pyramid, firstChannel: 0, channelCount: 2, positions: points };
    const loss = (): number => {
      const values = new Float32Array(40);
      sampleSpline(samples, collapsePyramid(pyramid, parameters, scales), values);
      return values.reduce((sum, v, i) => sum + weights[i] * v, 0);
    };
    const gradCoefficients = new Float32Array(2 * finestLevel(pyramid).nodeCount);
    sampleSplineBackward(samples, weights, gradCoefficients);
    const gradient = new Float32Array(pyramid.parameterCount);
    collapsePyramidBackward(pyramid, gradCoefficients, scales, gradient);
    const indices = Array.from({ length: 120 }, (_, k) => (k * 31) % pyramid.parameterCount);
    // The value is linear in the parameters: only float32 rounding of a sum of 40 values of size 1 over a step of 1 remains.
    expect(checkGradient({ parameters, gradient, loss, step: 1, indices }).relativeError).toBeLessThan(1e-4);
  });
});
