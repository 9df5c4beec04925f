import { expect, test } from 'vitest';
import { sampleSignedDistance } from '../ssd/head-template/signed-distance-grid.ts';
import { closedDistance } from './closed-distance.ts';

/** Corners of a box's triangles, counterclockwise from outside. */
function box(low: readonly number[], high: readonly number[]): number[] {
  const corners: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    for (const side of [0, 1]) {
      const at = (u: number, v: number): number[] => {
        const p = [0, 0, 0];
        for (const [a, high01] of [
          [axis, side],
          [(axis + 1) % 3, u],
          [(axis + 2) % 3, v],
        ]) {
          p[a] = high01 === 1 ? high[a] : low[a];
        }
        return p;
      };
      const [a, b, c, d] = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
      corners.push(...(side === 1 ? [a, b, c, a, c, d] : [a, c, b, a, d, c]).flat());
    }
  }
  return corners;
}

/** Two blocks with a slit between them that is narrower than a cell, with a plane of nodes in it. */
const blocks = Float64Array.from([...box([-1, 0.02, -1], [1, 1, 1]), ...box([-1, -1.08, -1], [1, -0.02, 1])]);
const SPACING = 0.2;

test('a gap narrower than a cell leads nowhere when gaps are sealed', () => {
  const open = closedDistance(blocks, Number.NEGATIVE_INFINITY, SPACING);
  const sealed = closedDistance(blocks, Number.NEGATIVE_INFINITY, SPACING, { sealGaps: true });
  const at = (grid: typeof open, p: readonly [number, number, number]): number =>
    sampleSignedDistance({ ...grid, values: Float32Array.from(grid.values) }, ...p);
  expect(at(open, [0, 0, 0])).toBeGreaterThan(0);
  // As far inside as the rim of the slit is away, less one cell that stays open.
  expect(at(sealed, [0, 0, 0])).toBeLessThan(-0.6);
  for (const p of [
    [0, 1.1, 0],
    [1.1, 0.5, 0],
    [0, -0.9, 0],
  ] as const) {
    expect(at(sealed, p)).toBeCloseTo(at(open, p), 6);
  }
});
