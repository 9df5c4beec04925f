import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../../../../test/gradient-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { buildEdges } from '../mesh-edges.ts';
import { measureMesh } from './measure-mesh.ts';
import { TETRAHEDRON_EDGES, TRIANGLE_COUNT, TRIANGLE_EDGES } from './marching-tables.ts';
import { type MarchingInput, marchingTetrahedra, marchingTetrahedraBackward } from './marching-tetrahedra.ts';
import { createTetrahedralGrid, type TetrahedralGrid } from './tetrahedral-grid.ts';

/** One tetrahedron: the origin and the three unit points, which is positively oriented. */
const single: TetrahedralGrid = {
  positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1),
  tetrahedra: Uint32Array.of(0, 1, 2, 3),
  edges: Uint32Array.from(TETRAHEDRON_EDGES),
  tetrahedronEdges: Uint32Array.of(0, 1, 2, 3, 4, 5),
  boundary: new Uint8Array(4),
  cellSize: 1,
};

const plainInput = (
  grid: TetrahedralGrid,
  distance: (x: number, y: number, z: number) => number,
): MarchingInput => {
  const p = grid.positions;
  return {
    grid,
    signedDistance: Float32Array.from({ length: p.length / 3 }, (_, v) =>
      distance(p[3 * v], p[3 * v + 1], p[3 * v + 2]),
    ),
    offsets: new Float32Array(p.length),
    offsetBound: 0.3 * grid.cellSize,
  };
};

describe('marching tables', () => {
  it.each(Array.from({ length: 16 }, (_, code) => code))(
    'case %i separates inside from outside corners',
    (code) => {
      const signedDistance = Float32Array.from({ length: 4 }, (_, k) => ((code >> k) & 1 ? -1 : 1));
      const input = { ...plainInput(single, () => 1), signedDistance };
      const mesh = marchingTetrahedra(input);
      const insideCount = [0, 1, 2, 3].filter((k) => (code >> k) & 1).length;
      expect(mesh.indices.length / 3).toBe([0, 1, 2, 1, 0][insideCount]);
      // Every vertex lies on an edge whose ends differ, and all such edges are used.
      const differing = [0, 1, 2, 3, 4, 5].filter((e) => {
        return ((code >> TETRAHEDRON_EDGES[2 * e]) & 1) !== ((code >> TETRAHEDRON_EDGES[2 * e + 1]) & 1);
      });
      expect(Array.from(mesh.gridEdges).toSorted((a, b) => a - b)).toEqual(differing);
      // Each triangle's plane has the inside corners behind it and the outside corners before it.
      for (let f = 0; f < mesh.indices.length; f += 3) {
        const [a, b, c] = [0, 1, 2].map((k) =>
          mesh.positions.subarray(3 * mesh.indices[f + k], 3 * mesh.indices[f + k] + 3),
        );
        const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
        const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
        const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        for (let k = 0; k < 4; k++) {
          const p = single.positions.subarray(3 * k, 3 * k + 3);
          const height = n[0] * (p[0] - a[0]) + n[1] * (p[1] - a[1]) + n[2] * (p[2] - a[2]);
          expect(Math.sign(height)).toBe((code >> k) & 1 ? -1 : 1);
        }
      }
    },
  );

  it('has a case and its complement as the same triangles turned over', () => {
    for (let code = 0; code < 16; code++) {
      expect(TRIANGLE_COUNT[code]).toBe(TRIANGLE_COUNT[15 - code]);
      const edgesOf = (c: number): number[] =>
        Array.from(TRIANGLE_EDGES.subarray(6 * c, 6 * c + 3 * TRIANGLE_COUNT[c]));
      expect(new Set(edgesOf(code))).toEqual(new Set(edgesOf(15 - code)));
    }
  });
});

describe('marchingTetrahedra', () => {
  const grid = createTetrahedralGrid({ min: [-0.6, -0.6, -0.6], max: [0.6, 0.6, 0.6] }, 0.06);
  const radius = 0.45;
  const sphere = marchingTetrahedra(plainInput(grid, (x, y, z) => Math.hypot(x, y, z) - radius));

  it('cuts a sphere with its volume and area, outward, in one closed piece', () => {
    const { volume, area } = measureMesh(sphere);
    // The chord error of a mesh of edge h on radius r is about (h/r)²/8, 0.2 %; 1 % leaves room for both quantities.
    expect(volume).toBeGreaterThan(0);
    expect(Math.abs(area / (4 * Math.PI * radius ** 2) - 1)).toBeLessThan(0.01);
    expect(Math.abs(volume / ((4 / 3) * Math.PI * radius ** 3) - 1)).toBeLessThan(0.01);
  });

  it('is watertight, consistently oriented and of Euler characteristic 2 for a sphere', () => {
    const { edges, edgeFaces } = buildEdges(sphere);
    expect(edgeFaces.includes(-1)).toBe(false);
    expect(sphere.positions.length / 3 - edges.length / 2 + sphere.indices.length / 3).toBe(2);
    // Consistent orientation: each directed half-edge occurs once.
    const seen = new Set<string>();
    for (let h = 0; h < sphere.indices.length; h++) {
      seen.add(`${sphere.indices[h]}>${sphere.indices[h % 3 === 2 ? h - 2 : h + 1]}`);
    }
    expect(seen.size).toBe(sphere.indices.length);
  });

  it('cuts a torus with Euler characteristic 0', () => {
    const torus = marchingTetrahedra(
      plainInput(grid, (x, y, z) => Math.hypot(Math.hypot(x, z) - 0.35, y) - 0.15),
    );
    const { edges, edgeFaces } = buildEdges(torus);
    expect(edgeFaces.includes(-1)).toBe(false);
    expect(torus.positions.length / 3 - edges.length / 2 + torus.indices.length / 3).toBe(0);
  });

  it('stays closed when the inside reaches the border of the grid', () => {
    const half = marchingTetrahedra(plainInput(grid, (_x, y) => y));
    expect(half.indices.length).toBeGreaterThan(0);
    expect(buildEdges(half).edgeFaces.includes(-1)).toBe(false);
    expect(measureMesh(half).volume).toBeGreaterThan(0.5);
  });

  it('gives finite, separate vertices where distances are exactly zero, and an empty mesh where nothing is inside', () => {
    // The planes x = 0 and y = 0 run through grid vertices.
    const octant = marchingTetrahedra(
      plainInput(grid, (x, y, z) => Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) - 0.3),
    );
    const flat = marchingTetrahedra(
      plainInput(grid, (x, y, z) => Math.max(x, y, z, -0.3 - x, -0.3 - y, -0.3 - z)),
    );
    for (const mesh of [octant, flat]) {
      expect(mesh.positions.every(Number.isFinite)).toBe(true);
      expect(buildEdges(mesh).edgeFaces.includes(-1)).toBe(false);
      const keys = new Set<string>();
      for (let v = 0; v < mesh.positions.length; v += 3) keys.add(mesh.positions.subarray(v, v + 3).join());
      expect(keys.size).toBe(mesh.positions.length / 3);
    }
    expect(marchingTetrahedra(plainInput(grid, () => 0)).indices).toHaveLength(0);
  });

  it('moves the surface by the bounded offset of the grid vertices', () => {
    const input = plainInput(grid, (x, y, z) => Math.hypot(x, y, z) - radius);
    const shifted = marchingTetrahedra({
      ...input,
      offsets: input.offsets.map((_, i) => (i % 3 === 1 ? 40 : 0)),
    });
    // A saturated offset moves everything by the bound along y and nothing along x.
    for (let v = 0; v < shifted.positions.length; v += 3) {
      expect(shifted.positions[v + 1] - sphere.positions[v + 1]).toBeCloseTo(input.offsetBound, 6);
      expect(shifted.positions[v]).toBe(sphere.positions[v]);
    }
  });
});

describe('marchingTetrahedraBackward', () => {
  const grid = createTetrahedralGrid({ min: [-1, -1, -1], max: [1, 1, 1] }, 0.4);
  const random = createRandom(3, 'marching');
  const input = plainInput(grid, (x, y, z) => Math.hypot(x, 1.2 * y, z) - 0.55);
  for (let i = 0; i < input.signedDistance.length; i++) input.signedDistance[i] += 0.02 * random.normal();
  for (let i = 0; i < input.offsets.length; i++) input.offsets[i] = 0.8 * random.normal();
  const mesh = marchingTetrahedra(input);
  const direction = random.normals(mesh.positions.length);
  const loss = (): number => {
    const now = marchingTetrahedra(input).positions;
    return now.reduce((sum, x, i) => sum + direction[i] * x * (1 + 0.5 * x), 0);
  };
  const gradPositions = mesh.positions.map((x, i) => direction[i] * (1 + x));
  const gradSignedDistance = new Float32Array(input.signedDistance.length);
  const gradOffsets = new Float32Array(input.offsets.length);
  marchingTetrahedraBackward(input, mesh, gradPositions, gradSignedDistance, gradOffsets);
  const touched = [
    ...new Set([...mesh.gridEdges].flatMap((e) => [grid.edges[2 * e], grid.edges[2 * e + 1]])),
  ];

  it('agrees with finite differences of the signed distances', () => {
    // Entries within reach of the step of a sign change or of the edge margin have a kink, so they are left out.
    const indices = touched.filter((v) => Math.abs(input.signedDistance[v]) > 0.02);
    expect(indices.length).toBeGreaterThan(50);
    const report = checkGradient({
      parameters: input.signedDistance,
      gradient: gradSignedDistance,
      loss,
      step: 1e-3,
      indices,
    });
    // float32 positions of size 1 in a difference of 2e-3 leave about 1e-4; the curvature of w adds its third derivative.
    expect(report.relativeError).toBeLessThan(5e-3);
  });

  it('agrees with finite differences of the offsets through tanh', () => {
    const indices = touched.slice(0, 60).flatMap((v) => [3 * v, 3 * v + 1, 3 * v + 2]);
    const report = checkGradient({
      parameters: input.offsets,
      gradient: gradOffsets,
      loss,
      step: 1e-2,
      indices,
    });
    expect(report.relativeError).toBeLessThan(2e-3);
  });

  it('touches nothing away from the surface', () => {
    const far = [...gradSignedDistance.keys()].filter((v) => !touched.includes(v));
    expect(far.every((v) => gradSignedDistance[v] === 0)).toBe(true);
  });

  it('stays bounded where both ends of an edge are almost on the surface', () => {
    const tiny = { ...plainInput(single, () => 1), signedDistance: Float32Array.of(-1e-30, 1e-30, 0, 1e-30) };
    const cut = marchingTetrahedra(tiny);
    const gs = new Float32Array(4);
    marchingTetrahedraBackward(
      tiny,
      cut,
      new Float32Array(cut.positions.length).fill(1),
      gs,
      new Float32Array(12),
    );
    expect(gs.every((g) => Math.abs(g) <= 4 / 1e-3)).toBe(true);
    expect(cut.positions.every(Number.isFinite)).toBe(true);
  });
});
