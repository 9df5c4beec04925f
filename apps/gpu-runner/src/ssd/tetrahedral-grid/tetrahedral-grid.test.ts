import { describe, expect, it } from 'vitest';
import { TETRAHEDRON_EDGES } from './marching-tables.ts';
import { createTetrahedralGrid, type TetrahedralGrid } from './tetrahedral-grid.ts';

const grid = createTetrahedralGrid({ min: [-0.5, -0.4, -0.3], max: [0.5, 0.4, 0.3] }, 0.2);

function volumeOf(g: TetrahedralGrid, t: number): number {
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => {
    const v = 3 * g.tetrahedra[4 * t + k];
    return [g.positions[v], g.positions[v + 1], g.positions[v + 2]];
  });
  const [u, v, w] = [b, c, d].map((p) => p.map((x, k) => x - a[k]));
  const crossX = v[1] * w[2] - v[2] * w[1];
  const crossY = v[2] * w[0] - v[0] * w[2];
  const crossZ = v[0] * w[1] - v[1] * w[0];
  return (u[0] * crossX + u[1] * crossY + u[2] * crossZ) / 6;
}

describe('createTetrahedralGrid', () => {
  it('has a vertex for each corner and each center of 5 × 4 × 3 cubes', () => {
    expect(grid.positions.length / 3).toBe(6 * 5 * 4 + 5 * 4 * 3);
    expect(grid.tetrahedra.length / 4).toBe(4 * (4 * 4 * 3 + 5 * 3 * 3 + 5 * 4 * 2));
  });

  it('makes all tetrahedra congruent in volume and positively oriented', () => {
    for (let t = 0; t < grid.tetrahedra.length / 4; t++) {
      // A body-centered-cubic tetrahedron fills a twelfth of the cube; float32 positions keep about six digits.
      expect(volumeOf(grid, t)).toBeCloseTo(0.2 ** 3 / 12, 8);
    }
  });

  it('lists each edge once and finds it from every tetrahedron', () => {
    const keys = new Set<string>();
    for (let e = 0; e < grid.edges.length; e += 2) {
      expect(grid.edges[e]).toBeLessThan(grid.edges[e + 1]);
      keys.add(`${grid.edges[e]}-${grid.edges[e + 1]}`);
    }
    expect(keys.size).toBe(grid.edges.length / 2);
    for (let place = 0; place < grid.tetrahedronEdges.length; place++) {
      const row = 4 * Math.floor(place / 6);
      const ends = [0, 1].map((k) => grid.tetrahedra[row + TETRAHEDRON_EDGES[2 * (place % 6) + k]]);
      const edge = grid.tetrahedronEdges[place];
      expect([grid.edges[2 * edge], grid.edges[2 * edge + 1]]).toEqual(ends.sort((i, j) => i - j));
    }
  });

  it('shares each inner face by two tetrahedra and has border vertices at all others', () => {
    const faces = new Map<string, number>();
    for (let q = 0; q < grid.tetrahedra.length; q += 4) {
      for (let left = 0; left < 4; left++) {
        const face = [0, 1, 2, 3].filter((k) => k !== left).map((k) => grid.tetrahedra[q + k]);
        const key = face.sort((i, j) => i - j).join('-');
        faces.set(key, (faces.get(key) ?? 0) + 1);
      }
    }
    for (const [key, count] of faces) {
      expect(count).toBeLessThanOrEqual(2);
      if (count === 1) for (const v of key.split('-')) expect(grid.boundary[Number(v)]).toBe(1);
    }
  });

  it('is symmetric about the middle of its box even when the cubes do not fit it', () => {
    const odd = createTetrahedralGrid({ min: [-0.45, 0, -1], max: [0.45, 1, 1] }, 0.2);
    let sum = 0;
    for (let v = 0; v < odd.positions.length; v += 3) sum += odd.positions[v];
    // Each x has its mirror image, so the sum is float32 noise of some thousand values below 1.
    expect(Math.abs(sum)).toBeLessThan(1e-3);
    expect(Math.min(...odd.positions.filter((_, i) => i % 3 === 0))).toBeCloseTo(-0.5, 6);
  });

  it('refuses an empty box and a cell size of zero', () => {
    expect(() => createTetrahedralGrid({ min: [0, 0, 0], max: [1, 0, 1] }, 0.1)).toThrow('axis 1');
    expect(() => createTetrahedralGrid({ min: [0, 0, 0], max: [1, 1, 1] }, 0)).toThrow('positive cube size');
  });
});
