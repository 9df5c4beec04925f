import type { TriangleMesh } from '../mesh.ts';

/** Closed meshes with known shapes that the tests of this folder look at. */

/**
 * A ball whose radius is `radius(x, y, z)` in the direction of the unit vector (x, y, z), triangulated from the
 * six faces of a cube with `segments` × `segments` squares each.
 */
export function createBall(
  segments: number,
  radius: (x: number, y: number, z: number) => number = () => 0.5,
): TriangleMesh {
  const positions: number[] = [];
  const indices: number[] = [];
  const known = new Map<string, number>();
  const vertex = (axis: number, sign: number, i: number, j: number): number => {
    const cube = [0, 0, 0];
    cube[axis] = sign * segments;
    cube[(axis + 1) % 3] = sign * (2 * i - segments);
    cube[(axis + 2) % 3] = 2 * j - segments;
    const found = known.get(cube.join());
    if (found !== undefined) return found;
    const bent = cube.map((c) => Math.tan(((c / segments) * Math.PI) / 4));
    const length = Math.hypot(...bent);
    const [x, y, z] = bent.map((c) => c / length);
    const r = radius(x, y, z);
    const index = positions.push(x * r, y * r, z * r) / 3 - 1;
    known.set(cube.join(), index);
    return index;
  };
  for (let face = 0; face < 6; face++) {
    const axis = face >> 1;
    const sign = face & 1 ? 1 : -1;
    for (let i = 0; i < segments; i++) {
      for (let j = 0; j < segments; j++) {
        const a = vertex(axis, sign, i, j);
        const b = vertex(axis, sign, i + 1, j);
        const c = vertex(axis, sign, i + 1, j + 1);
        const d = vertex(axis, sign, i, j + 1);
        if ((i + j) & 1) indices.push(a, b, c, a, c, d);
        else indices.push(a, b, d, b, c, d);
      }
    }
  }
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) };
}

/** A bumpy, head-sized ball: about a head's curvature, with a nose. */
export function createBumpyBall(segments: number): TriangleMesh {
  return createBall(segments, (x, y, z) => {
    const bumps = 0.06 * Math.sin(7 * x + 1) * Math.sin(5 * y) + 0.03 * Math.sin(23 * z) * Math.cos(19 * x);
    return 0.45 * (1 + bumps + 0.12 * Math.max(0, z) ** 8) * (1 + 0.15 * y * y);
  });
}

/** A torus around the y axis. */
export function createTorus(segments: number, ringRadius = 0.32, tubeRadius = 0.14): TriangleMesh {
  const around = segments * 2;
  const positions = new Float32Array(around * segments * 3);
  const indices: number[] = [];
  for (let i = 0; i < around; i++) {
    for (let j = 0; j < segments; j++) {
      const u = (i / around) * 2 * Math.PI;
      const v = (j / segments) * 2 * Math.PI;
      const r = ringRadius + tubeRadius * Math.cos(v);
      positions.set([r * Math.sin(u), tubeRadius * Math.sin(v), r * Math.cos(u)], (i * segments + j) * 3);
      const a = i * segments + j;
      const b = ((i + 1) % around) * segments + j;
      const c = ((i + 1) % around) * segments + ((j + 1) % segments);
      const d = i * segments + ((j + 1) % segments);
      indices.push(a, b, c, a, c, d);
    }
  }
  return { positions, indices: Uint32Array.from(indices) };
}
