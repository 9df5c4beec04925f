import { describe, expect, it } from 'vitest';
import { surfaceGradientErrors } from '../../../../../test/surface-gradient.ts';
import { createRandom } from '../../tensor/random.ts';
import { createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { extractSurface, extractSurfaceBackward } from './extract-surface.ts';
import { distanceGradient, fieldDistance } from './field-distance.ts';
import { marchingTetrahedra } from './marching-tetrahedra.ts';
import { measureMesh } from './measure-mesh.ts';
import { createResidualField } from './residual-field.ts';
import type { ResidualField } from './sample-residual.ts';
import type { DistanceFunction } from './signed-distance-field.ts';
import { createTetrahedralGrid } from './tetrahedral-grid.ts';

const box = { min: [-0.7, -0.8, -0.7], max: [0.7, 0.8, 0.7] } as const;
const grid = createTetrahedralGrid(box, 0.1);
const sphere = (x: number, y: number, z: number): number => Math.hypot(x, y, z) - 0.4;
const newField = (): ResidualField => createResidualField({ box, template: sphere, offsetBound: 0.03 });

function disturb(field: ResidualField, size: number, name: string): void {
  const noise = createRandom(6, name).normals(field.parameters.length);
  for (let i = 0; i < noise.length; i++) field.parameters[i] += size * noise[i];
}

describe('extractSurface', () => {
  it('starts from the template, byte for byte', async () => {
    const p = grid.positions;
    const signedDistance = Float32Array.from({ length: p.length / 3 }, (_, v) =>
      sphere(p[3 * v], p[3 * v + 1], p[3 * v + 2]),
    );
    const expected = marchingTetrahedra({
      grid,
      signedDistance,
      offsets: new Float32Array(p.length),
      offsetBound: 0.03,
    });
    const { mesh } = await extractSurface(newField().sampleOn(grid));
    expect(mesh.positions).toEqual(expected.positions);
    expect(mesh.indices).toEqual(expected.indices);
  });

  it('gives the same bytes after many small steps as a fresh evaluation of every vertex', async () => {
    const field = newField();
    const sampler = field.sampleOn(grid);
    for (let step = 0; step < 12; step++) {
      // Coherent growth plus noise: the surface sweeps through several cells.
      for (let i = 0; i < 200; i++) field.parameters[i] -= 0.01;
      disturb(field, 0.004, `step ${step}`);
      const { mesh } = await extractSurface(sampler);
      const fresh = (await extractSurface(field.sampleOn(grid))).mesh;
      expect(mesh.positions).toEqual(fresh.positions);
      expect(mesh.indices).toEqual(fresh.indices);
    }
  });

  it('finds a piece that appears far away from the present surface', async () => {
    const field = newField();
    const sampler = field.sampleOn(grid);
    const before = (await extractSurface(sampler)).mesh;
    // A node of the 0.08 lattice in the upper front corner of the box, pulled in by more than its distance.
    const { start, nodes, spacing } = field.pyramid.levels[2];
    const node = [0.5, 0.6, 0.5].map((x, k) => Math.round((x - field.pyramid.origin[k]) / spacing + 0.5));
    field.parameters[start + (node[2] * nodes[1] + node[1]) * nodes[0] + node[0]] = -8;
    const after = (await extractSurface(sampler)).mesh;
    expect(after.indices.length).toBeGreaterThan(before.indices.length);
    const farthest = (positions: Float32Array): number =>
      positions.reduce((most, y, i) => (i % 3 === 1 ? Math.max(most, y) : most), 0);
    expect(farthest(before.positions)).toBeLessThan(0.45);
    expect(farthest(after.positions)).toBeGreaterThan(0.55);
  });
});

describe('extractSurfaceBackward', () => {
  it('agrees with finite differences of the parameters of every level and channel', async () => {
    const field = newField();
    disturb(field, 0.02, 'start');
    const errors = await surfaceGradientErrors({
      field,
      grid,
      parts: field.pyramid.levels.flatMap(({ start, nodeCount }) =>
        [0, 2].map((channel) => [start + channel * nodeCount, start + (channel + 1) * nodeCount] as const),
      ),
      step: 2e-4,
      count: 6,
    });
    // float32 noise of 600 positions over a step of 2e-4 is about 1e-3 of the largest gradients of a level.
    expect(Math.max(...errors)).toBeLessThan(5e-3);
  });

  it('lets AdamW grow the head by 0.3 in one direction within 100 steps and leaves the far side alone', async () => {
    const field = newField();
    const sampler = field.sampleOn(grid);
    const adam = createAdamW(field.parameters.length);
    // A capsule whose upper end is 0.3 above the sphere's top.
    const target: DistanceFunction = (x, y, z) => Math.hypot(x, y - Math.min(Math.max(y, 0), 0.3), z) - 0.4;
    for (let step = 0; step < 100; step++) {
      const surface = await extractSurface(sampler);
      const { positions } = surface.mesh;
      const gradPositions = new Float32Array(positions.length);
      for (let v = 0; v < positions.length; v += 3) {
        const point = [positions[v], positions[v + 1], positions[v + 2]] as const;
        const d = target(...point);
        distanceGradient(target, point).forEach((slope, axis) => {
          gradPositions[v + axis] = d * slope;
        });
      }
      field.gradient.fill(0);
      await extractSurfaceBackward(sampler, surface, gradPositions);
      stepAdamW(adam, field.parameters, field.gradient, [
        { start: 0, end: field.parameters.length, learningRate: 2e-3 },
      ]);
    }
    const { positions } = (await extractSurface(sampler)).mesh;
    const heights = positions.filter((_, i) => i % 3 === 1);
    expect(heights.reduce((most, y) => Math.max(most, y), 0)).toBeGreaterThan(0.68);
    expect(heights.reduce((least, y) => Math.min(least, y), 0)).toBeCloseTo(-0.4, 2);
  });
});

describe('fieldDistance', () => {
  it('is the template at the start, and its gradient the template gradient', async () => {
    const distance = fieldDistance(newField());
    expect(distance(0.3, 0.5, -0.1)).toBeCloseTo(sphere(0.3, 0.5, -0.1), 12);
    const gradient = distanceGradient(distance, [0, 0.6, 0.8]);
    [0, 0.6, 0.8].forEach((expected, axis) => expect(gradient[axis]).toBeCloseTo(expected, 4));
  });

  it('is zero on the extracted surface, displacement included', async () => {
    const field = newField();
    disturb(field, 0.02, 'start');
    const { mesh } = await extractSurface(field.sampleOn(createTetrahedralGrid(box, 0.05)));
    const distance = fieldDistance(field);
    let worst = 0;
    for (let v = 0; v < mesh.positions.length; v += 3) {
      worst = Math.max(
        worst,
        Math.abs(distance(mesh.positions[v], mesh.positions[v + 1], mesh.positions[v + 2])),
      );
    }
    // Linear interpolation along edges of 0.05: the spline's curvature of some 1/0.1 leaves about 0.05²/8 · 10 = 0.003.
    expect(worst).toBeLessThan(0.006);
    expect(measureMesh(mesh).volume).toBeGreaterThan(0.2);
  });

  it('undoes the displacement along every axis', async () => {
    const field = newField();
    const { start, nodeCount } = field.pyramid.levels[0];
    // Saturated offsets of (+, −, +) move the whole surface by the bound of 0.03 along each axis.
    for (let k = 0; k < nodeCount; k++) {
      [8, -8, 8].forEach((offset, axis) => {
        field.parameters[start + (axis + 1) * nodeCount + k] = offset;
      });
    }
    field.refresh();
    expect(fieldDistance(field)(0.23, 0.17, -0.37)).toBeCloseTo(sphere(0.2, 0.2, -0.4), 6);
  });

  it('answers as of the latest refresh', async () => {
    const field = newField();
    for (let k = 0; k < field.pyramid.levels[0].nodeCount; k++) field.parameters[k] = -0.1;
    field.refresh();
    expect(fieldDistance(field)(0, 0.5, 0)).toBeCloseTo(0, 6);
  });
});
