import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import {
  createHashGridProbe,
  encodeHashGrid,
  encodeHashGridBackward,
  type HashGridConfig,
  layOutHashGrid,
} from './hash-grid.ts';

const SMALL: HashGridConfig = {
  levelCount: 3,
  baseResolution: 2,
  finestResolution: 9,
  tableSizeLog2: 6,
  damping: 0.5,
};

describe('layOutHashGrid', () => {
  it('gives coarse levels a row for each corner and hashes the levels that have more corners than rows', () => {
    const { levels, tableLength, featureCount } = layOutHashGrid(SMALL);
    expect(levels.map(({ resolution, dense, rowCount }) => [resolution, dense, rowCount])).toEqual([
      [2, true, 27],
      [4, false, 64],
      [9, false, 64],
    ]);
    expect(tableLength).toBe(2 * (27 + 64 + 64));
    expect(featureCount).toBe(6);
  });

  it('reaches exactly the asked resolutions and refuses senseless ones', () => {
    const { levels } = layOutHashGrid({ ...SMALL, levelCount: 8, baseResolution: 8, finestResolution: 256 });
    expect([levels[0].resolution, levels[7].resolution]).toEqual([8, 256]);
    expect(() => layOutHashGrid({ ...SMALL, finestResolution: 1 })).toThrow('layOutHashGrid: expected');
  });
});

describe('encodeHashGrid', () => {
  it('equals a plain trilinear lookup with the hash of the paper', () => {
    const grid = layOutHashGrid(SMALL);
    const random = createRandom(1);
    const points = random
      .fork('points')
      .normals(3 * 50)
      .map((value) => 0.6 * value);
    const table = random.fork('table').normals(grid.tableLength);
    const features = new Float32Array(50 * grid.featureCount);
    encodeHashGrid(grid, points, table, features);
    for (let i = 0; i < 50; i++) {
      const expected = plainEncoding(points.slice(3 * i, 3 * i + 3), table);
      // Float32 products of eight terms near 1: a few units in the last place.
      expected.forEach((value, k) => expect(features[6 * i + k]).toBeCloseTo(value, 5));
    }
  });

  it('gives the same bytes point by point', () => {
    const grid = layOutHashGrid(SMALL);
    const points = createRandom(7).normals(60);
    const table = createRandom(8).normals(grid.tableLength);
    const features = new Float32Array(20 * grid.featureCount);
    encodeHashGrid(grid, points, table, features);
    const probe = createHashGridProbe(grid, table);
    const one = new Float32Array(grid.featureCount);
    for (let i = 0; i < 20; i++) {
      probe(points[3 * i], points[3 * i + 1], points[3 * i + 2], one);
      expect(one).toEqual(features.subarray(6 * i, 6 * i + 6));
    }
  });

  it('is continuous across cells and takes the face of the box for points outside', () => {
    const grid = layOutHashGrid(SMALL);
    const table = createRandom(2).normals(grid.tableLength);
    const encode = (x: number, y: number, z: number): Float32Array => {
      const features = new Float32Array(grid.featureCount);
      encodeHashGrid(grid, Float32Array.of(x, y, z), table, features);
      return features;
    };
    const below = encode(-1e-6, 0.3, 0.2);
    const above = encode(1e-6, 0.3, 0.2);
    below.forEach((value, k) => expect(value).toBeCloseTo(above[k], 4));
    expect(encode(5, -7, 0.1)).toEqual(encode(1, -1, 0.1));
  });

  it('reads inside the table at the far corner of the box', () => {
    const grid = layOutHashGrid({ ...SMALL, levelCount: 1 });
    const features = new Float32Array(2);
    encodeHashGrid(grid, Float32Array.of(1, 1, 1), new Float32Array(grid.tableLength).fill(1), features);
    expect([...features]).toEqual([1, 1]);
  });
});

describe('encodeHashGridBackward', () => {
  it('agrees with finite differences for every table entry', () => {
    const grid = layOutHashGrid(SMALL);
    const random = createRandom(3);
    const points = random
      .fork('points')
      .normals(3 * 40)
      .map((value) => 0.6 * value);
    const table = random.fork('table').normals(grid.tableLength);
    const gradFeatures = random.fork('gradient').normals(40 * grid.featureCount);
    const gradTable = new Float32Array(grid.tableLength);
    encodeHashGridBackward(grid, points, gradFeatures, gradTable);
    const features = new Float32Array(gradFeatures.length);
    const loss = (): number => {
      encodeHashGrid(grid, points, table, features);
      return features.reduce((sum, value, i) => sum + value * gradFeatures[i], 0);
    };
    // The encoding is linear in the table, so only float32 rounding of the features is left.
    const report = checkGradient({ parameters: table, gradient: gradTable, loss, step: 0.5 });
    expect(report.relativeError).toBeLessThan(1e-5);
  });

  it('adds, and leaves rows that no point touched at exactly zero', () => {
    const grid = layOutHashGrid(SMALL);
    const point = Float32Array.of(-0.9, -0.9, -0.9);
    const gradFeatures = new Float32Array(grid.featureCount).fill(1);
    const once = new Float32Array(grid.tableLength);
    encodeHashGridBackward(grid, point, gradFeatures, once);
    expect(once.filter((value) => value !== 0).length).toBeLessThanOrEqual(3 * 8 * 2);
    const twice = once.slice();
    encodeHashGridBackward(grid, point, gradFeatures, twice);
    expect(twice).toEqual(once.map((value) => 2 * value));
  });
});

/** The encoding in the words of the paper, with the resolutions and the layout of SMALL written out. */
function plainEncoding(point: Float32Array, table: Float32Array): number[] {
  const levels = [
    { resolution: 2, first: 0, hashed: false },
    { resolution: 4, first: 27, hashed: true },
    { resolution: 9, first: 91, hashed: true },
  ];
  return levels.flatMap(({ resolution, first, hashed }) => {
    const scaled = [...point].map((value) => resolution * Math.min(Math.max((value + 1) / 2, 0), 1));
    const cell = scaled.map((value) => Math.min(Math.floor(value), resolution - 1));
    const sums = [0, 0];
    for (let corner = 0; corner < 8; corner++) {
      const bits = [corner & 1, (corner >> 1) & 1, corner >> 2];
      const [x, y, z] = cell.map((value, axis) => value + bits[axis]);
      const weight = bits.reduce((product, bit, axis) => {
        const fraction = scaled[axis] - cell[axis];
        return product * (bit === 1 ? fraction : 1 - fraction);
      }, 1);
      const hash = (BigInt(x) ^ (BigInt(y) * 2654435761n) ^ (BigInt(z) * 805459861n)) % 64n;
      const row = first + (hashed ? Number(hash) : x + 3 * y + 9 * z);
      sums[0] += weight * table[2 * row];
      sums[1] += weight * table[2 * row + 1];
    }
    return sums.map((sum) => sum * Math.sqrt(2 / resolution));
  });
}
