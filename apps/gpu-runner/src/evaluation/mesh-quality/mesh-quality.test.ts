import { describe, expect, it } from 'vitest';
import type { TriangleMesh } from '../../ssd/mesh.ts';
import { createBall } from '../../ssd/renderer/ball-mesh.ts';
import { createRandom } from '../../tensor/random.ts';
import { findSelfIntersections } from './find-self-intersections.ts';
import { measureQuality } from './measure-quality.ts';

/** Möller and Trumbore's ray test on every edge of either triangle: no grid, another formula. */
function crossesPlainly({ positions, indices }: TriangleMesh, s: number, t: number): boolean {
  const corners = (f: number) =>
    [0, 1, 2].map((k) => [...positions.subarray(3 * indices[3 * f + k], 3 * indices[3 * f + k] + 3)]);
  const hits = ([p, q]: number[][], [a, b, c]: number[][]): boolean => {
    const minus = (u: number[], v: number[]) => u.map((value, i) => value - v[i]);
    const cross = (u: number[], v: number[]) => [
      u[1] * v[2] - u[2] * v[1],
      u[2] * v[0] - u[0] * v[2],
      u[0] * v[1] - u[1] * v[0],
    ];
    const dot = (u: number[], v: number[]) => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    const [way, ab, ac, ap] = [minus(q, p), minus(b, a), minus(c, a), minus(p, a)];
    const normal = cross(way, ac);
    const determinant = dot(ab, normal);
    if (Math.abs(determinant) < 1e-12) return false;
    const u = dot(ap, normal) / determinant;
    const v = dot(way, cross(ap, ab)) / determinant;
    const along = dot(ac, cross(ap, ab)) / determinant;
    return u > 0 && v > 0 && u + v < 1 && along > 0 && along < 1;
  };
  const edges = ([a, b, c]: number[][]) => [
    [a, b],
    [b, c],
    [c, a],
  ];
  const [own, other] = [corners(s), corners(t)];
  return edges(own).some((edge) => hits(edge, other)) || edges(other).some((edge) => hits(edge, own));
}

/** Triangles of all sizes anywhere in a cube, none with a common vertex. */
function soup(count: number): TriangleMesh {
  const random = createRandom(7);
  const positions: number[] = [];
  for (let f = 0; f < count; f++) {
    const center = [random.uniform(), random.uniform(), random.uniform()];
    const reach = random.between(0.02, 0.9);
    for (let k = 0; k < 9; k++) positions.push(center[k % 3] + reach * (random.uniform() - 0.5));
  }
  return {
    positions: Float32Array.from(positions),
    indices: Uint32Array.from({ length: 3 * count }, (_, i) => i),
  };
}

function merge(...meshes: readonly TriangleMesh[]): TriangleMesh {
  const positions = meshes.flatMap((mesh) => [...mesh.positions]);
  let first = 0;
  const indices = meshes.flatMap((mesh) => {
    const own = [...mesh.indices].map((index) => index + first);
    first += mesh.positions.length / 3;
    return own;
  });
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) };
}

function moved(mesh: TriangleMesh, x: number): TriangleMesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => (i % 3 === 0 ? value + x : value)) };
}

describe('findSelfIntersections', () => {
  it('finds the pairs that a plain test of all pairs finds', () => {
    const mesh = soup(120);
    const expected: number[][] = [];
    for (let s = 0; s < 120; s++) {
      for (let t = s + 1; t < 120; t++) if (crossesPlainly(mesh, s, t)) expected.push([s, t]);
    }
    expect(expected.length).toBeGreaterThan(40);
    expect(findSelfIntersections(mesh).pairs).toEqual(expected);
  });

  it('finds nothing in a closed surface, whose neighbors only touch', () => {
    expect(findSelfIntersections(createBall(12)).triangleCount).toBe(0);
  });

  it('finds a fan whose triangles pass through each other beside their common vertex', () => {
    const positions = Float32Array.from([0, 0, 0, 1, -1, 0, 1, 1, 0, 1, 0, -1, 2, 0.1, 1]);
    expect(findSelfIntersections({ positions, indices: Uint32Array.of(0, 1, 2, 0, 3, 4) }).pairs).toEqual([
      [0, 1],
    ]);
  });

  it('does not count what touches: a corner on a face, an edge on an edge, the same plane', () => {
    const face = [0, 0, 0, 4, 0, 0, 0, 4, 0];
    const touching = [
      [1, 1, 0, 1, 1, 1, 2, 1, 1],
      [1, 0, 0, 3, 0, 0, 2, 0, 1],
      [1, 1, 0, 2, 1, 0, 1, 2, 0],
    ];
    for (const other of touching) {
      const mesh = {
        positions: Float32Array.from([...face, ...other]),
        indices: Uint32Array.of(0, 1, 2, 3, 4, 5),
      };
      expect(findSelfIntersections(mesh).pairs).toEqual([]);
    }
  });
});

describe('measureQuality', () => {
  const ball = createBall(6);

  it('calls a closed surface watertight, whole and free of intersections', () => {
    expect(measureQuality(ball)).toEqual({
      triangles: 432,
      intersectingTriangles: 0,
      floaters: 0,
      floaterShare: 0,
      openEdges: 0,
      pinchedEdges: 0,
      watertight: true,
    });
  });

  it('counts vertices that an atlas doubled once', () => {
    const cut: TriangleMesh = {
      positions: Float32Array.from(
        [...ball.indices].flatMap((v) => [...ball.positions.subarray(3 * v, 3 * v + 3)]),
      ),
      indices: Uint32Array.from(ball.indices, (_, i) => i),
    };
    expect(measureQuality(cut)).toEqual(measureQuality(ball));
  });

  it('counts pieces besides the largest, and mirror images that pass through each other', () => {
    const apart = measureQuality(merge(ball, moved(createBall(2), 3)));
    expect(apart).toMatchObject({
      floaters: 1,
      floaterShare: 48 / 480,
      intersectingTriangles: 0,
      watertight: true,
    });
    const through = measureQuality(merge(ball, moved(ball, 0.51)));
    expect(through.intersectingTriangles).toBeGreaterThan(20);
  });

  it('counts the three edges around a hole, and those of a flipped triangle', () => {
    const holed = { ...ball, indices: ball.indices.slice(3) };
    expect(measureQuality(holed)).toMatchObject({ openEdges: 3, watertight: false });
    const flipped = ball.indices.slice();
    [flipped[0], flipped[1]] = [flipped[1], flipped[0]];
    expect(measureQuality({ ...ball, indices: flipped })).toMatchObject({ openEdges: 3, watertight: false });
  });

  it('counts an edge at which two closed pieces touch as pinched, not as open', () => {
    const corners = [
      [0, 0, 0],
      [1, 0, 0],
      [0.5, 1, 0.3],
      [0.5, 1, -0.3],
      [0.5, -1, -0.3],
      [0.5, -1, 0.3],
    ];
    const tetrahedron = (a: number, b: number, c: number, d: number) => [a, b, c, a, c, d, a, d, b, b, d, c];
    const mesh = {
      positions: Float32Array.from(corners.flat()),
      indices: Uint32Array.from([...tetrahedron(0, 1, 2, 3), ...tetrahedron(0, 1, 4, 5)]),
    };
    expect(measureQuality(mesh)).toMatchObject({ openEdges: 0, pinchedEdges: 1, watertight: true });
  });
});
