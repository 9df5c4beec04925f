import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { buildEdges } from '../mesh-edges.ts';
import { createBaseSurface, deformationPenalty } from './deformation-penalty.ts';

/** A flat 3 × 3 grid of squares of 0.1, each cut along its diagonal. */
const mesh = {
  positions: Float32Array.from({ length: 48 }, (_, i) => {
    const v = Math.floor(i / 3);
    return [0.1 * (v % 4), 0.1 * Math.floor(v / 4), 0][i % 3];
  }),
  indices: Uint32Array.from([0, 1, 2, 4, 5, 6, 8, 9, 10].flatMap((v) => [v, v + 1, v + 5, v, v + 5, v + 4])),
};
const base = createBaseSurface(mesh, buildEdges(mesh));
const both = { magnitude: 2, stretch: 3 };

function penaltyOf(moves: (x: number, y: number) => readonly number[], weights = both): number {
  const displaced = mesh.positions.slice();
  for (let i = 0; i < displaced.length; i += 3) {
    moves(mesh.positions[i], mesh.positions[i + 1]).forEach((move, k) => {
      displaced[i + k] += move;
    });
  }
  return deformationPenalty(base, displaced, weights, new Float32Array(displaced.length));
}

describe('the penalty of a deformation', () => {
  it('is zero with a gradient of zero where nothing moved', () => {
    const gradient = new Float32Array(mesh.positions.length);
    expect(deformationPenalty(base, mesh.positions, both, gradient)).toBeCloseTo(0, 12);
    expect(gradient.every((g) => g === 0)).toBe(true);
  });

  it('counts a shift of the whole as its length, and as no stretch', () => {
    // 0.3 is far beyond the free way of 0.002, of which the sum takes one off.
    expect(penaltyOf(() => [0, 0.3, 0], { magnitude: 1, stretch: 0 })).toBeCloseTo(0.298, 4);
    expect(penaltyOf(() => [0, 0.3, 0], { magnitude: 0, stretch: 1 })).toBeCloseTo(0, 6);
  });

  it('does not ask more for one fold that opens than for the same way in small steps', () => {
    const stretch = { magnitude: 0, stretch: 1 };
    const fold = penaltyOf((x) => [x > 0.15 ? 0.9 : 0, 0, 0], stretch);
    const slope = penaltyOf((x) => [3 * x, 0, 0], stretch);
    expect(fold).toBeLessThan(1.05 * slope);
  });

  it('has a backward pass that agrees with finite differences', () => {
    const noise = createRandom(5, 'moves').normals(mesh.positions.length);
    const displaced = mesh.positions.map((x, i) => x + 0.03 * noise[i]);
    const gradient = new Float32Array(displaced.length);
    deformationPenalty(base, displaced, both, gradient);
    const loss = (): number => deformationPenalty(base, displaced, both, new Float32Array(displaced.length));
    // Steps of a tenth of the free way: the curvature there leaves about 1e-3 of the gradient.
    expect(checkGradient({ parameters: displaced, gradient, loss, step: 2e-4 }).relativeError).toBeLessThan(
      2e-3,
    );
  });
});
