import type { TriangleMesh } from '../mesh.ts';

/** Area, and volume inside: positive when a closed mesh is counterclockwise seen from outside. World units. */
export function measureMesh(mesh: TriangleMesh): { area: number; volume: number } {
  const { positions, indices } = mesh;
  let area = 0;
  let volume = 0;
  for (let f = 0; f < indices.length; f += 3) {
    const a = 3 * indices[f];
    const b = 3 * indices[f + 1];
    const c = 3 * indices[f + 2];
    const ux = positions[b] - positions[a];
    const uy = positions[b + 1] - positions[a + 1];
    const uz = positions[b + 2] - positions[a + 2];
    const vx = positions[c] - positions[a];
    const vy = positions[c + 1] - positions[a + 1];
    const vz = positions[c + 2] - positions[a + 2];
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    area += Math.hypot(nx, ny, nz) / 2;
    volume += (positions[a] * nx + positions[a + 1] * ny + positions[a + 2] * nz) / 6;
  }
  return { area, volume };
}
