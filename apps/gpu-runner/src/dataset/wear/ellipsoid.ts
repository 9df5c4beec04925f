import type { Direction } from './add-wrap.ts';
import { earBox } from './ear-box.ts';
import type { HeadGrid } from './head-grid.ts';

/** The shape of a helmet, posed decimeters. */
export interface Ellipsoid {
  readonly center: readonly [number, number, number];
  readonly radii: readonly [number, number, number];
}

/** The ellipsoid around a posed head with `room` decimeters to spare. */
export function around(grid: HeadGrid, room: number): Ellipsoid {
  const { places } = grid.form;
  let rear = Infinity;
  for (let i = 0; i < grid.points.length; i += 3) {
    if (grid.points[i + 1] > places.eyeLeft[1]) rear = Math.min(rear, grid.points[i + 2]);
  }
  const low = places.chin[1];
  const high = places.crown[1];
  const front = Math.max(places.noseTip[2] - 0.05, places.mouth[2] + 0.03);
  return {
    center: [0, 0.5 * (low + high) + 0.02, 0.5 * (front + rear)],
    radii: [earBox(grid.form).reach + room, 0.5 * (high - low) + room, 0.5 * (front - rear) + room],
  };
}

/** The direction from an ellipsoid's middle by yaw (to the subject's left) and pitch (up), radians. */
export function direction(yaw: number, pitch: number): Direction {
  return [Math.cos(pitch) * Math.sin(yaw), Math.sin(pitch), Math.cos(pitch) * Math.cos(yaw)];
}

/** The point of an ellipsoid in a direction, `lift` decimeters outside it. */
export function onEllipsoid(shape: Ellipsoid, d: Direction, lift: number, out: number[]): void {
  const [a, b, c] = shape.radii;
  // A superellipsoid: fuller than an ellipsoid at the chin and temples, which must stay inside.
  const p = 2.4;
  const reach = (Math.abs(d[0] / a) ** p + Math.abs(d[1] / b) ** p + Math.abs(d[2] / c) ** p) ** (-1 / p);
  for (let k = 0; k < 3; k++) out[k] = shape.center[k] + d[k] * (reach + lift);
}
