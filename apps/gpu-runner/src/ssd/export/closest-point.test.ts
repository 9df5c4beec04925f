import { expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { createClosestPoint, type SurfacePoint } from './closest-point.ts';

const ball = createBall(6, () => 0.5);

/** The least distance over a fine sampling of every triangle. */
function plainDistance(point: number[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let t = 0; t < ball.indices.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((corner) => 3 * ball.indices[t + corner]);
    for (let i = 0; i <= 20; i++) {
      for (let j = 0; j <= 20 - i; j++) {
        const [v, w] = [i / 20, j / 20];
        const at = [0, 1, 2].map(
          (k) => (1 - v - w) * ball.positions[a + k] + v * ball.positions[b + k] + w * ball.positions[c + k],
        );
        best = Math.min(best, Math.hypot(...at.map((value, k) => value - point[k])));
      }
    }
  }
  return best;
}

const nothing = (): SurfacePoint => ({ triangle: -1, weights: [0, 0, 0], squaredDistance: 0 });

test('it finds the place that trying all triangles finds, inside and outside', () => {
  const closest = createClosestPoint(ball);
  const random = createRandom(1);
  const found = nothing();
  for (let i = 0; i < 40; i++) {
    const point = [0, 1, 2].map(() => 1.6 * (random.uniform() - 0.5));
    closest.find(point, found);
    const at = [0, 1, 2].map((k) =>
      found.weights.reduce(
        (sum, weight, corner) =>
          sum + weight * ball.positions[3 * ball.indices[3 * found.triangle + corner] + k],
        0,
      ),
    );
    expect(Math.hypot(...at.map((value, k) => value - point[k]))).toBeCloseTo(
      Math.sqrt(found.squaredDistance),
      6,
    );
    // The sampling is 1/20 of a side of about 0.25: it can only be farther, by less than that.
    const plain = plainDistance(point);
    expect(Math.sqrt(found.squaredDistance)).toBeLessThan(plain + 1e-6);
    expect(Math.sqrt(found.squaredDistance)).toBeGreaterThan(plain - 0.02);
  }
});

test('with a direction it passes over triangles that face away', () => {
  const closest = createClosestPoint(ball);
  const found = nothing();
  closest.find([0, 0, 0.4], found, [0, 0, -1]);
  const corner = ball.indices[3 * found.triangle];
  expect(ball.positions[3 * corner + 2]).toBeLessThan(0.1);
});

test('a mesh without triangles has no nearest one', () => {
  const found = nothing();
  createClosestPoint({ positions: new Float32Array(9), indices: new Uint32Array() }).find([0, 0, 0], found);
  expect(found.triangle).toBe(-1);
});
