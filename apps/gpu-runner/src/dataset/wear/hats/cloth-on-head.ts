import type { Direction } from '../add-wrap.ts';
import { type HeadGrid, readGrid } from '../head-grid.ts';

/** The posed skin point in a rest direction, `lift` decimeters out along the direction. */
export function onHead(grid: HeadGrid, d: Direction, lift: number, out: number[]): void {
  const polar = Math.atan2(Math.hypot(d[0], d[2]), d[1]);
  readGrid(grid.points, polar, Math.atan2(d[0], d[2]), out);
  const x = out[0] - grid.center[0];
  const y = out[1] - grid.center[1];
  const z = out[2] - grid.center[2];
  const scale = lift / (Math.hypot(x, y, z) || 1);
  out[0] += x * scale;
  out[1] += y * scale;
  out[2] += z * scale;
}

/** Rest directions of an oval opening around the face, decimeters of the rest head. */
export function opening(
  halfWidth: number,
  top: number,
  bottom: number,
  sideZ: number,
): (psi: number) => Direction {
  const middle = 0.5 * (top + bottom);
  const half = 0.5 * (top - bottom);
  return (psi) => {
    const c = Math.cos(psi);
    const s = Math.sin(psi);
    const depth = sideZ + (c > 0 ? 0.25 : -0.05) * c * c;
    return [halfWidth * s, middle + half * c - 7.45, depth - 0.5];
  };
}
