import { afterAll, describe, expect, it } from 'vitest';
import { plainMlp } from '../../../../../test/plain-mlp.ts';
import { surfaceGradientErrors } from '../../../../../test/surface-gradient.ts';
import { TINY_HASH_GRID } from '../../../../../test/tiny-hash-grid.ts';
import { createRandom } from '../../tensor/random.ts';
import { encodeHashGrid, layOutHashGrid } from '../neural-field/hash-grid.ts';
import { fitField } from '../stages/fit-field.ts';
import { extractSurface, extractSurfaceBackward } from './extract-surface.ts';
import type { HashGridFieldSettings } from './field-settings.ts';
import { distanceGradient, fieldDistance } from './field-distance.ts';
import { openHashGridField } from './hash-grid-field.ts';
import { refineSurface } from './refine-surface.ts';
import { createHashGridSampler, type HashGridField } from './sample-hash-grid-field.ts';
import { createNearSurfaceSampler } from './sample-near-surface.ts';
import type { DistanceFunction, SurfaceSampler } from './signed-distance-field.ts';
import { createTetrahedralGrid } from './tetrahedral-grid.ts';

const box = { min: [-0.7, -0.8, -0.7], max: [0.7, 0.8, 0.7] } as const;
const grid = createTetrahedralGrid(box, 0.1);
const settings = TINY_HASH_GRID;
const tableLength = layOutHashGrid(settings.grid).tableLength;
const distanceWeights = 8 * 16 + 16;

const open = (replaced: Partial<HashGridFieldSettings> = {}): Promise<HashGridField> =>
  openHashGridField({
    settings: { ...settings, ...replaced },
    box,
    random: createRandom(1),
    choice: { threads: 1 },
  });

const big: DistanceFunction = (x, y, z) => Math.hypot(x, y, z) - 0.4;
const small: DistanceFunction = (x, y, z) => Math.hypot(x - 0.5, y - 0.6, z - 0.5) - 0.16;
/** Parameters of a field fitted to a ball of radius 0.4, and to that ball with another piece far away from it. */
const ball = fitted(big);
const ballAndPiece = ball.then(() => fitted((...point) => Math.min(big(...point), small(...point))));

async function fitted(template: DistanceFunction): Promise<Float32Array> {
  const field = await open();
  await fitField(field, template);
  await field.dispose();
  return field.parameters;
}

const fields: HashGridField[] = [];

async function openBall(replaced: Partial<HashGridFieldSettings> = {}): Promise<HashGridField> {
  const field = await open(replaced);
  field.parameters.set(await ball);
  fields.push(field);
  return field;
}

afterAll(async () => {
  for (const field of fields) await field.dispose();
});

/** Gives offsets weights that matter, and all distances a little noise. */
function disturb(field: HashGridField, size: number, name: string): void {
  const noise = createRandom(6, name).normals(field.parameters.length);
  for (let i = 0; i < noise.length; i++) {
    field.parameters[i] += (i < tableLength + distanceWeights ? size : 10 * size) * noise[i];
  }
}

const highest = (positions: Float32Array): number =>
  positions.reduce((most, y, i) => (i % 3 === 1 ? Math.max(most, y) : most), -1);

describe('a hash-grid field', () => {
  it('is the two plain networks on the features of the grid, in batches and point by point', async () => {
    const field = await openBall();
    disturb(field, 0.02, 'start');
    const points = createRandom(2)
      .normals(60)
      .map((c) => 0.3 * c);
    const features = new Float32Array(20 * 8);
    const table = field.parameters.subarray(0, tableLength);
    encodeHashGrid(
      layOutHashGrid(settings.grid),
      points.map((c) => c / 0.9),
      table,
      features,
    );
    const weights = Float64Array.from(field.parameters.subarray(tableLength));
    const distances = plainMlp([8, 16, 1], features, weights.subarray(0, distanceWeights), 'linear');
    const offsets = plainMlp([8, 16, 3], features, weights.subarray(distanceWeights), 'linear');
    const encoded = field.encode(points);
    const [batch, batchOffsets] = [await field.distances(encoded), await field.offsets(encoded)];
    const probe = field.probe();
    const offset = new Float64Array(3);
    for (let k = 0; k < 20; k++) {
      const point = [points[3 * k], points[3 * k + 1], points[3 * k + 2]] as const;
      // Float32 sums of some ten terms below 10.
      expect(batch[k]).toBeCloseTo(distances[k], 5);
      expect(probe.distance(...point)).toBeCloseTo(distances[k], 5);
      probe.offset(...point, offset);
      for (let axis = 0; axis < 3; axis++) {
        expect(batchOffsets[3 * k + axis]).toBeCloseTo(offsets[3 * k + axis], 4);
        expect(offset[axis]).toBeCloseTo(offsets[3 * k + axis], 4);
      }
    }
    expect(offsets.some((o) => Math.abs(o) > 0.05)).toBe(true);
  });

  it('starts with offsets of nothing, or with those of a fresh network where that is asked', async () => {
    const lastLayer = (field: HashGridField): Float32Array => field.parameters.subarray(-48);
    const [still, random] = [await open(), await open({ offsetStart: 'random' })];
    expect(lastLayer(still).every((weight) => weight === 0)).toBe(true);
    expect(lastLayer(random).every((weight) => weight !== 0 && Math.abs(weight) <= 0.25)).toBe(true);
    await still.dispose();
    await random.dispose();
  });

  it('gives gradients that agree with finite differences, for the table and all layers', async () => {
    const field = await openBall();
    disturb(field, 0.02, 'start');
    const { length } = field.parameters;
    const errors = await surfaceGradientErrors({
      field,
      grid,
      parts: [
        [0, tableLength],
        [tableLength, tableLength + 128],
        [tableLength + 128, tableLength + distanceWeights],
        [tableLength + distanceWeights, length - 48],
        [length - 48, length],
      ],
      step: 1e-4,
      count: 5,
    });
    // float32 noise of the positions, and some kinks of ReLUs within a step, against the largest gradient of a part.
    expect(Math.max(...errors)).toBeLessThan(2e-2);
  });

  it('extends to points the fit of landmarks asks for: zero on the surface, displacement included', async () => {
    const field = await openBall();
    disturb(field, 0.003, 'start');
    const { mesh } = await extractSurface(field.sampleOn(createTetrahedralGrid(box, 0.05)));
    const distance = fieldDistance(field);
    const worst = Array.from({ length: 60 }, (_, k) => 3 * k * Math.floor(mesh.positions.length / 180)).map(
      (v) => Math.abs(distance(mesh.positions[v], mesh.positions[v + 1], mesh.positions[v + 2])),
    );
    // Cells of 0.05 against features of 1.8 / 16: linear interpolation along an edge misses by some 0.005.
    expect(Math.max(...worst)).toBeLessThan(0.02);
    const slope = distanceGradient(distance, [0, 0.45, 0], 0.02);
    expect(slope[1]).toBeGreaterThan(0.7);
  });
});

describe('its sampler', () => {
  /** Parameters that grow the ball by a hundredth a step. */
  const grow = (field: HashGridField, step: number): void => {
    disturb(field, 5e-4, `step ${step}`);
    const last = tableLength + 128;
    for (let i = last; i < last + 16; i++) field.parameters[i] *= field.parameters[i] > 0 ? 0.99 : 1.01;
  };

  it('gives the same bytes as an evaluation of every vertex while the surface moves', async () => {
    const field = await openBall();
    const sampler = field.sampleOn(grid);
    const first = (await extractSurface(sampler)).mesh.positions;
    for (let step = 0; step < 10; step++) {
      grow(field, step);
      const { mesh } = await extractSurface(sampler);
      const whole = (await extractSurface(sampler, 'whole')).mesh;
      expect(mesh.positions).toEqual(whole.positions);
      expect(mesh.indices).toEqual(whole.indices);
    }
    expect(first).not.toEqual((await extractSurface(sampler)).mesh.positions);
  });

  it('evaluates the band and a share of the rest, not everything', async () => {
    const field = await openBall();
    const counted: number[] = [];
    const counting = {
      ...field,
      distances: (features: Float32Array) => {
        counted.push(features.length / 8);
        return field.distances(features);
      },
    };
    const fine = createTetrahedralGrid(box, 0.05);
    const sampler = createHashGridSampler(counting, fine);
    await extractSurface(sampler);
    counted.length = 0;
    grow(field, 0);
    await extractSurface(sampler);
    const evaluated = counted.reduce((sum, n) => sum + n, 0);
    expect(evaluated).toBeLessThan(0.45 * (fine.positions.length / 3));
  });

  it('finds a piece that appears far away: within the refresh in a step, at once for the finished surface', async () => {
    const field = await openBall();
    const sampler = field.sampleOn(grid);
    await extractSurface(sampler);
    field.parameters.set(await ballAndPiece);
    const whole = await extractSurface(sampler, 'whole');
    expect(highest(whole.mesh.positions)).toBeGreaterThan(0.55);
    const seen: boolean[] = [];
    for (let step = 0; step < settings.refreshSteps; step++) {
      const { mesh } = await extractSurface(sampler);
      seen.push(highest(mesh.positions) > 0.55);
      // Seen means seen whole.
      if (seen[step]) expect(mesh.positions).toEqual(whole.mesh.positions);
    }
    expect(seen[settings.refreshSteps - 1]).toBe(true);
  });

  it('goes on from its memory as if it had never stopped, also while a piece is not yet seen', async () => {
    const field = await openBall({ refreshSteps: 300 });
    const unbroken = field.sampleOn(grid);
    for (let step = 0; step < 3; step++) await extractSurface(unbroken);
    field.parameters.set(await ballAndPiece);
    const resumed = field.sampleOn(grid);
    resumed.memory.known.set(unbroken.memory.known);
    resumed.rewind(3);
    const bytesOf = async (sampler: SurfaceSampler): Promise<Float32Array[]> => {
      const steps: Float32Array[] = [];
      for (let step = 0; step < 40; step++) steps.push((await extractSurface(sampler)).mesh.positions);
      return steps;
    };
    const [first, second] = [await bytesOf(unbroken), await bytesOf(resumed)];
    expect(second).toEqual(first);
    // Without the memory the piece would be seen at once.
    const fresh = (await extractSurface(field.sampleOn(grid))).mesh.positions;
    expect(first[0]).not.toEqual(fresh);
    expect(first[39]).toEqual(fresh);
  });

  it('is led by a coarse one where its grid exists near the surface only, and cuts what a whole grid cuts', async () => {
    const field = await openBall();
    const near = createNearSurfaceSampler(field.sampleOn(grid), 0.05);
    const { mesh, input } = await extractSurface(near);
    const whole = await extractSurface(field.sampleOn(createTetrahedralGrid(box, 0.05)));
    expect(input.grid.positions.length).toBeLessThan(0.3 * whole.input.grid.positions.length);
    expect(mesh.indices.length).toBe(whole.mesh.indices.length);
    const sum = (positions: Float32Array): number => positions.reduce((total, c) => total + Math.abs(c), 0);
    // The same vertices in another order, placed by the point-wise and by the batched network.
    expect(sum(mesh.positions) / sum(whole.mesh.positions)).toBeCloseTo(1, 5);

    const gradPositions = createRandom(3).normals(mesh.positions.length);
    field.gradient.fill(0);
    await extractSurfaceBackward(near, await extractSurface(near), gradPositions);
    expect(field.gradient.some((g) => g !== 0)).toBe(true);
  });

  it('leads to a finished surface that is watertight', async () => {
    const field = await openBall();
    const coarse = await extractSurface(field.sampleOn(grid), 'whole');
    const { indices, positions } = refineSurface(field, coarse, 0.05);
    const edges = new Map<string, number>();
    for (let f = 0; f < indices.length; f += 3) {
      for (let e = 0; e < 3; e++) {
        const key = `${indices[f + e]} ${indices[f + ((e + 1) % 3)]}`;
        edges.set(key, (edges.get(key) ?? 0) + 1);
      }
    }
    for (const key of edges.keys()) {
      expect([edges.get(key), edges.get(key.split(' ').toReversed().join(' '))]).toEqual([1, 1]);
    }
    expect(positions.length).toBeGreaterThan(1000);
  });
});
