import { describe, expect, it } from 'vitest';
import { buildEdges } from '../mesh-edges.ts';
import { extractSurface } from './extract-surface.ts';
import { fieldDistance } from './field-distance.ts';
import { measureMesh } from './measure-mesh.ts';
import { refineSurface } from './refine-surface.ts';
import { createResidualField } from './residual-field.ts';
import type { DistanceFunction } from './signed-distance-field.ts';
import { createTetrahedralGrid } from './tetrahedral-grid.ts';

const box = { min: [-0.7, -0.7, -0.7], max: [0.7, 0.7, 0.7] } as const;
const grid = createTetrahedralGrid(box, 0.1);

async function refine(template: DistanceFunction, prepare?: (parameters: Float32Array) => void) {
  const field = createResidualField({ box, template });
  prepare?.(field.parameters);
  const coarse = await extractSurface(field.sampleOn(grid));
  return { field, coarse, fine: refineSurface(field, coarse, 0.03) };
}

describe('refineSurface', () => {
  it('is watertight and closer to the true sphere than the training mesh', async () => {
    const { coarse, fine } = await refine((x, y, z) => Math.hypot(x, y, z) - 0.5);
    const { edges, edgeFaces } = buildEdges(fine);
    expect(edgeFaces.includes(-1)).toBe(false);
    expect(fine.positions.length / 3 - edges.length / 2 + fine.indices.length / 3).toBe(2);
    const exact = (4 / 3) * Math.PI * 0.5 ** 3;
    const fineError = Math.abs(measureMesh(fine).volume - exact);
    const coarseError = Math.abs(measureMesh(coarse.mesh).volume - exact);
    // The error falls with the square of the cell size: (0.1 / 0.03)² = 11.
    expect(fineError).toBeLessThan(coarseError / 5);
  });

  it('follows the learned residual and offsets', async () => {
    const { field, fine } = await refine(
      (x, y, z) => Math.hypot(x, y, z) - 0.4,
      (parameters) => {
        for (let i = 0; i < parameters.length; i++) parameters[i] = 0.02 * Math.sin(7 * i);
      },
    );
    const distance = fieldDistance(field);
    for (let v = 0; v < fine.positions.length; v += 30) {
      const s = distance(fine.positions[v], fine.positions[v + 1], fine.positions[v + 2]);
      // An edge of 0.03 against the finest spline's curvature of some 1/0.04: 0.03² / 8 · 25 = 0.003.
      expect(Math.abs(s)).toBeLessThan(0.004);
    }
  });

  it('keeps a second large piece, drops a crumb and a bubble', async () => {
    const ball =
      (cx: number, r: number): DistanceFunction =>
      (x, y, z) =>
        Math.hypot(x - cx, y, z) - r;
    const volumes = async (template: DistanceFunction): Promise<number> =>
      measureMesh((await refine(template)).fine).volume;
    const [big, other, crumb] = [ball(-0.25, 0.3), ball(0.45, 0.2), ball(0.5, 0.08)];
    const alone = await volumes(big);
    const withOther = await volumes((x, y, z) => Math.min(big(x, y, z), other(x, y, z)));
    const withCrumb = await volumes((x, y, z) => Math.min(big(x, y, z), crumb(x, y, z)));
    const withBubble = await volumes((x, y, z) => Math.max(big(x, y, z), -ball(-0.25, 0.12)(x, y, z)));
    expect(withOther).toBeGreaterThan(1.2 * alone);
    // Far from the changed place the distances are the same numbers, so the volumes agree to rounding of the sum.
    expect(withCrumb).toBeCloseTo(alone, 6);
    expect(withBubble).toBeCloseTo(alone, 6);
  });

  it('stays closed where the surface leaves the box, and answers an empty mesh for an empty field', async () => {
    const { fine } = await refine((_x, y) => y);
    expect(buildEdges(fine).edgeFaces.includes(-1)).toBe(false);
    expect(measureMesh(fine).volume).toBeGreaterThan(0.9);
    expect((await refine(() => 1)).fine.indices).toHaveLength(0);
  });
});
