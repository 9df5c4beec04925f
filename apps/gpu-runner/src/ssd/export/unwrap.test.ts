import { beforeAll, describe, expect, it } from 'vitest';
import { createBumpyBall } from '../renderer/ball-mesh.ts';
import { type UnwrappedMesh, unwrap } from './unwrap.ts';

const mesh = createBumpyBall(14);
let unwrapped: UnwrappedMesh;
beforeAll(async () => {
  unwrapped = await unwrap(mesh, 256);
});

describe('unwrap', () => {
  it('keeps every triangle and says which vertex each copy came from', () => {
    const { indices, sourceVertices } = unwrapped;
    expect(indices.map((vertex) => sourceVertices[vertex])).toEqual(mesh.indices);
    expect(sourceVertices.length).toBeGreaterThan(mesh.positions.length / 3);
  });

  it('fills the unit square without leaving it', () => {
    const { uvs } = unwrapped;
    // Strictly inside: a vertex on the border would be one that was cut off there.
    expect(uvs.every((value) => value > 0 && value < 1)).toBe(true);
    for (const axis of [0, 1]) {
      const values = uvs.filter((_, i) => i % 2 === axis);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.9);
    }
    const used = signedAreas(unwrapped).reduce((sum, area) => sum + Math.abs(area), 0);
    expect(used).toBeGreaterThan(0.35);
  });

  it('does not mirror charts: a face painted on the texture reads the right way round', () => {
    // Counterclockwise in space is counterclockwise on the picture, where v runs down: negative area.
    const mirrored = signedAreas(unwrapped).filter((area) => area > 0).length;
    expect(mirrored / (mesh.indices.length / 3)).toBeLessThan(0.01);
  });

  it('never lays two triangles over one another', () => {
    const { indices, uvs } = unwrapped;
    const size = 512;
    const owners = new Map<number, number>();
    let overlaps = 0;
    for (let t = 0; t < indices.length; t += 3) {
      const corners = [0, 1, 2].map((k) => [0, 1].map((axis) => size * uvs[2 * indices[t + k] + axis]));
      const ys = corners.map(([, y]) => y);
      const xs = corners.map(([x]) => x);
      for (let y = Math.floor(Math.min(...ys)); y <= Math.max(...ys); y++)
        for (let x = Math.floor(Math.min(...xs)); x <= Math.max(...xs); x++) {
          // Strictly inside, so that shared edges do not count.
          if (!contains(corners, x + 0.5, y + 0.5)) continue;
          if (owners.has(y * size + x)) overlaps++;
          owners.set(y * size + x, t);
        }
    }
    expect(owners.size).toBeGreaterThan(50_000);
    expect(overlaps).toBe(0);
  });

  it('gives the same atlas again', async () => {
    expect(await unwrap(mesh, 256)).toEqual(unwrapped);
  });
});

function signedAreas({ indices, uvs }: UnwrappedMesh): number[] {
  const areas: number[] = [];
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t] * 2, indices[t + 1] * 2, indices[t + 2] * 2];
    areas.push(
      ((uvs[b] - uvs[a]) * (uvs[c + 1] - uvs[a + 1]) - (uvs[c] - uvs[a]) * (uvs[b + 1] - uvs[a + 1])) / 2,
    );
  }
  return areas;
}

function contains(corners: readonly (readonly number[])[], x: number, y: number): boolean {
  const sides = corners.map(([ax, ay], k) => {
    const [bx, by] = corners[(k + 1) % 3];
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  });
  return sides.every((side) => side > 1e-3) || sides.every((side) => side < -1e-3);
}
