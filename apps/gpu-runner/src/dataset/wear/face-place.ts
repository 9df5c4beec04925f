import { type HeadGrid, readGrid } from './head-grid.ts';

const REST_MIDDLE_Y = 7.45;

const REST_MIDDLE_Z = 0.5;

const point = [0, 0, 0];

/** The grid's angles (polar, azimuth) of the place on the front of the rest face with coordinates (restX, restY). */
function faceAngles(grid: HeadGrid, restX: number, restY: number, out: [number, number]): void {
  let z = 1.35;
  let x = restX;
  let y = restY;
  for (let step = 0; step < 5; step++) {
    out[0] = Math.atan2(Math.hypot(x, z - REST_MIDDLE_Z), y - REST_MIDDLE_Y);
    out[1] = Math.atan2(x, z - REST_MIDDLE_Z);
    readGrid(grid.restPoints, out[0], out[1], point);
    // Half steps: the sides of the face are steep.
    x += 0.6 * (restX - point[0]);
    y += 0.6 * (restY - point[1]);
    z += 0.6 * (point[2] - z);
  }
}

const angles: [number, number] = [0, 0];

/** The posed skin at (restX, restY) on the front of the face, `lift` decimeters out along its normal. */
export function facePlace(grid: HeadGrid, restX: number, restY: number, lift: number, out: number[]): void {
  faceAngles(grid, restX, restY, angles);
  readGrid(grid.normals, angles[0], angles[1], point);
  readGrid(grid.points, angles[0], angles[1], out);
  for (let k = 0; k < 3; k++) out[k] += lift * point[k];
}
