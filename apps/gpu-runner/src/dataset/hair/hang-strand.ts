import type { HeadHull } from './head-hull.ts';
import { along, mix, type Point, unit } from './point.ts';

/** How one strand hangs. */
export interface Hang {
  /** Decimeters. */
  readonly length: number;
  readonly steps: number;
  /** Distance kept from the head, decimeters. */
  readonly margin: number;
  /** How fast the strand turns downward: share of its direction replaced a step, in (0, 1]. */
  readonly weight: number;
}

const CLOSE = 0.16;
const DOWN: Point = [0, -1, 0];
/** Where shoulders begin, below the middle of the skull; their middle plane, behind it; half their thickness. */
const SHOULDER_DROP = 1.3;
const SHOULDER_BACK = 0.35;
const SHOULDER_HALF = 0.55;

/**
 * Lets a strand grow from `start` in `direction`: it turns downward, slides over the head without entering it, and over
 * the shoulders falls to the front or the back.
 *
 * Returns `steps` points after `start`, which is not among them.
 */
export function hangStrand(start: Point, direction: Point, hull: HeadHull, hang: Hang): Point[] {
  const step = hang.length / hang.steps;
  const points: Point[] = [];
  let place = start;
  let heading = unit(direction);
  for (let i = 0; i < hang.steps; i++) {
    heading = unit(mix(heading, DOWN, hang.weight));
    const free = along(place, heading, step);
    // The distance is taken up over the first half decimeter, else hair would leave the skull in a step.
    const margin = hang.margin - CLOSE * Math.max(0, 1 - (i * step) / 0.5);
    const out = hull.pushOut(free, margin);
    const far = Math.hypot(out[0] - free[0], out[1] - free[1], out[2] - free[2]);
    // A strand gives way little by little, so that hair bulges over an ear instead of standing on it.
    const gentle = far > 0.55 * step ? mix(free, out, (0.55 * step) / far) : out;
    const pushed = overShoulder(gentle, hull.center, step);
    heading = unit([pushed[0] - place[0], pushed[1] - place[1], pushed[2] - place[2]]);
    place = along(place, heading, step);
    points.push(place);
  }
  return points;
}

/** Shifts a point below the top of the shoulders to the front or the back of their middle plane. */
function overShoulder(point: Point, center: Point, step: number): Point {
  const depth = center[1] - SHOULDER_DROP - point[1];
  const out = Math.abs(point[0] - center[0]);
  const off = point[2] - center[2] + SHOULDER_BACK;
  if (depth <= 0 || out < 0.35 || Math.abs(off) > SHOULDER_HALF) return point;
  const shift = Math.min(1, depth / 0.3) * step * 0.5;
  return [point[0], point[1], point[2] + (off >= 0 ? shift : -shift)];
}
