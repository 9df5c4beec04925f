import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import {
  createDeformationField,
  type DeformationField,
  type DeformationLattice,
  type DeformationSettings,
  displace,
  displaceBackward,
  refreshDeformation,
} from './deformation-field.ts';

/** Two levels each, small enough for a finite difference over every parameter. */
const SETTINGS: DeformationSettings = {
  head: { box: { min: [-1, -1, -1], max: [1, 1, 1] }, coarsestSpacing: 1, scales: [1, 0.5], margin: 0.3 },
  face: {
    box: { min: [-0.4, -0.4, 0], max: [0.4, 0.4, 0.8] },
    coarsestSpacing: 0.4,
    scales: [0.7],
    margin: 0.2,
  },
};

function randomField(seed: number): DeformationField {
  const field = createDeformationField(SETTINGS);
  const random = createRandom(seed, 'field');
  field.parameters.set(random.normals(field.parameters.length).map((x) => 0.1 * x));
  refreshDeformation(field);
  return field;
}

const points = createRandom(7, 'points')
  .normals(36)
  .map((x) => 0.4 * x);

/** The quadratic B-spline of width 3, centered on 0. */
function spline(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) return 0.75 - a * a;
  return a < 1.5 ? 0.5 * (1.5 - a) ** 2 : 0;
}

/** The definition, level by level: Σ scale · Σ p · B((x − center)/h), times the smooth step into the box. */
function plainDisplacement(field: DeformationField, point: readonly number[]): number[] {
  const moves = [0, 0, 0];
  for (const [part, { pyramid, start, scales }] of field.parts.entries()) {
    const share = shareIn(SETTINGS[part === 0 ? 'head' : 'face'], point);
    pyramid.levels.forEach(({ nodes, nodeCount, spacing, start: first }, l) => {
      for (let n = 0; n < nodeCount; n++) {
        const place = [
          n % nodes[0],
          Math.floor(n / nodes[0]) % nodes[1],
          Math.floor(n / (nodes[0] * nodes[1])),
        ];
        const weight = place.reduce((product, k, a) => {
          const center = pyramid.origin[a] + (k - 0.5) * spacing;
          return product * spline((point[a] - center) / spacing);
        }, share);
        for (let c = 0; c < 3; c++) {
          moves[c] += weight * scales[l][c] * field.parameters[start + first + c * nodeCount + n];
        }
      }
    });
  }
  return moves;
}

function shareIn({ box, margin }: DeformationLattice, point: readonly number[]): number {
  return point.reduce((product, x, a) => {
    const t = Math.min(Math.max(Math.min(x - box.min[a], box.max[a] - x) / margin, 0), 1);
    return product * t * t * (3 - 2 * t);
  }, 1);
}

describe('a deformation field', () => {
  it('leaves every point exactly where it is until it has learned something', () => {
    expect(displace(createDeformationField(SETTINGS), points)).toEqual(points);
  });

  it('is the sum of its levels, each inside its box alone', () => {
    const field = randomField(1);
    const displaced = displace(field, points);
    for (let i = 0; i < points.length; i += 3) {
      const point = [...points.subarray(i, i + 3)];
      // float32 sums of some 27 terms below 1
      plainDisplacement(field, point).forEach((move, a) => {
        expect(displaced[i + a] - points[i + a]).toBeCloseTo(move, 5);
      });
    }
  });

  it('has a backward pass that agrees with finite differences in every parameter', () => {
    const field = randomField(2);
    const weights = createRandom(3, 'weights').normals(points.length);
    const loss = (): number => {
      refreshDeformation(field);
      return displace(field, points).reduce((sum, x, i) => sum + weights[i] * x, 0);
    };
    displaceBackward(field, points, weights);
    const { parameters, gradient } = field;
    // The displacement is linear in the parameters, so only float32 rounding remains.
    expect(checkGradient({ parameters, gradient, loss, step: 0.5 }).relativeError).toBeLessThan(1e-5);
  });

  it('goes on from stored parameters without touching them, and refuses those of another layout', () => {
    const { parameters } = randomField(4);
    const stored = parameters.slice();
    const field = createDeformationField(SETTINGS, stored);
    expect(displace(field, points)).toEqual(displace(randomField(4), points));
    field.parameters.fill(0);
    expect(stored).toEqual(parameters);
    expect(() => createDeformationField(SETTINGS, new Float32Array(5))).toThrow('parameters, got 5');
  });

  it('lists its levels one after the other', () => {
    const { levels, parameters } = createDeformationField(SETTINGS);
    expect(levels.map(({ spacing }) => spacing)).toEqual([1, 0.5, 0.4]);
    expect(levels[0].start).toBe(0);
    expect(levels[1].start).toBe(levels[0].end);
    expect(levels[2].end).toBe(parameters.length);
  });
});
