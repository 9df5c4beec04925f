/** Signed distances at the nodes of a regular grid, negative inside. */
export interface SignedDistanceGrid {
  /** World position of node (0, 0, 0). */
  readonly origin: readonly [number, number, number];
  readonly spacing: number;
  /** Nodes in x, y and z. */
  readonly size: readonly [number, number, number];
  /** [nz, ny, nx]. */
  readonly values: Float32Array;
}

/**
 * The signed distance at a world point: trilinear inside the box; outside it, the value at the nearest point of the
 * box plus the distance to that point, so that the far field stays positive and grows.
 */
export function sampleSignedDistance(grid: SignedDistanceGrid, x: number, y: number, z: number): number {
  const { origin, spacing, size, values } = grid;
  const [nx, ny, nz] = size;
  const gx = (x - origin[0]) / spacing;
  const gy = (y - origin[1]) / spacing;
  const gz = (z - origin[2]) / spacing;
  const cx = Math.min(Math.max(gx, 0), nx - 1);
  const cy = Math.min(Math.max(gy, 0), ny - 1);
  const cz = Math.min(Math.max(gz, 0), nz - 1);
  const i = Math.min(Math.floor(cx), nx - 2);
  const j = Math.min(Math.floor(cy), ny - 2);
  const k = Math.min(Math.floor(cz), nz - 2);
  const u = cx - i;
  const v = cy - j;
  const w = cz - k;
  const o = (k * ny + j) * nx + i;
  const p = o + nx * ny;
  const low =
    (values[o] * (1 - u) + values[o + 1] * u) * (1 - v) +
    (values[o + nx] * (1 - u) + values[o + nx + 1] * u) * v;
  const high =
    (values[p] * (1 - u) + values[p + 1] * u) * (1 - v) +
    (values[p + nx] * (1 - u) + values[p + nx + 1] * u) * v;
  const dx = gx - cx;
  const dy = gy - cy;
  const dz = gz - cz;
  return low * (1 - w) + high * w + spacing * Math.sqrt(dx * dx + dy * dy + dz * dz);
}
