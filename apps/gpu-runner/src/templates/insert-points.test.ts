import { expect, test } from 'vitest';
import { insertPoints } from './insert-points.ts';

const positions = Float64Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0]);
const triangles = Uint32Array.from([0, 1, 2, 1, 3, 2]);

function area(p: Float64Array, [a, b, c]: readonly number[]): number {
  const u = [p[b * 3] - p[a * 3], p[b * 3 + 1] - p[a * 3 + 1]];
  const v = [p[c * 3] - p[a * 3], p[c * 3 + 1] - p[a * 3 + 1]];
  return (u[0] * v[1] - u[1] * v[0]) / 2;
}

test('points become vertices, and the surface stays where it is and as it faces', () => {
  const {
    positions: p,
    triangles: t,
    sourceOfTriangle,
  } = insertPoints(positions, triangles, [
    { triangle: 0, shares: [0.5, 0.25, 0.25] },
    { triangle: 0, shares: [0.2, 0.2, 0.6] },
    { triangle: 1, shares: [0.5, 0.5, 0] },
  ]);
  expect([...p.subarray(12)]).toEqual([0.25, 0.25, 0, 0.2, 0.6, 0, 1, 0.5, 0]);
  expect([...sourceOfTriangle]).toEqual([0, 1, 0, 0, 0, 0, 1, 1]);
  const areas = Array.from(sourceOfTriangle, (_, f) => area(p, [...t.subarray(f * 3, f * 3 + 3)]));
  // A point on an edge leaves one triangle without area; none is turned over.
  expect(Math.min(...areas)).toBeGreaterThanOrEqual(-1e-12);
  expect(areas.reduce((sum, a) => sum + a, 0)).toBeCloseTo(1, 12);
});
