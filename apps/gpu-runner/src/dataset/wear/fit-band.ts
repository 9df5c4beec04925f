import { type HeadGrid, polarAtLine, readGrid } from './head-grid.ts';

const SAMPLES = 64;

const LEVELS = 24;

/** Heads are a little squarer than ellipses. */
const EXPONENT = 2.3;

/** Hats tip back no further than this on heads whose forehead is high. */
const MAX_SLOPE = 0.24;

/**
 * The frame of a stiff hat: a closed oval around the head, on a plane that may be tilted, and how much room the skull
 * takes above it. Decimeters, posed.
 */
export interface Band {
  readonly center: readonly [number, number, number];
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly forward: readonly [number, number, number];
  readonly halfWidth: number;
  readonly halfDepth: number;
  /** From the band's plane to the top of the skull. */
  readonly crownHeight: number;
  /** [LEVELS] share of the oval that the skull fills at equal steps of height up to the crown; never rising. */
  readonly reach: Float32Array;
}

/**
 * Lays an oval around the head along a line of the rest head.
 *
 * The line has rest height `frontY` at the forehead (rest z 1.5) and `backY` at the back (rest z −0.4); `clearance` is
 * added all around. The oval encloses the head at every height above it.
 */
export function fitBand(grid: HeadGrid, frontY: number, backY: number, clearance: number): Band {
  // (1) The line on the posed head.
  const loop: number[][] = [];
  const line = (z: number): number => backY + ((z + 0.4) / 1.9) * (frontY - backY);
  for (let n = 0; n < SAMPLES; n++) {
    const azimuth = (2 * Math.PI * n) / SAMPLES;
    const point = [0, 0, 0];
    readGrid(grid.points, polarAtLine(grid, azimuth, line), azimuth, point);
    loop.push(point);
  }
  // (2) Its plane, from the front, back, left and right.
  const at = (share: number): number[] => loop[Math.round(share * SAMPLES) % SAMPLES];
  const [front, left, back, right] = [at(0), at(0.25), at(0.5), at(0.75)];
  const depth = front[2] - back[2];
  const forward = unit([0, Math.max(-0.02, Math.min(MAX_SLOPE, (front[1] - back[1]) / depth)), 1]);
  const side = unit([left[0] - right[0], left[1] - right[1], left[2] - right[2]]);
  const up = unit(cross(forward, side));
  const across = cross(up, forward);
  const center: [number, number, number] = [0, 0, 0];
  for (const p of loop) for (let k = 0; k < 3; k++) center[k] += p[k] / SAMPLES;
  const ahead = dot(minus(front, center), forward);
  const behind = dot(minus(back, center), forward);
  for (let k = 0; k < 3; k++) center[k] += 0.5 * (ahead + behind) * forward[k];
  let halfWidth = 0;
  for (const p of loop) halfWidth = Math.max(halfWidth, Math.abs(dot(minus(p, center), across)));
  const halfDepth = 0.5 * (ahead - behind);
  // (3) The skull above the plane: how high, and how wide at each height.
  const { points } = grid;
  let crownHeight = 0.1;
  for (let i = 0; i < points.length; i += 3) {
    crownHeight = Math.max(crownHeight, dotAt(points, i, center, up));
  }
  const reach = new Float32Array(LEVELS);
  for (let i = 0; i < points.length; i += 3) {
    const height = dotAt(points, i, center, up);
    if (height < -0.02) continue;
    const x = dotAt(points, i, center, across) / halfWidth;
    const z = dotAt(points, i, center, forward) / halfDepth;
    const radius = (Math.abs(x) ** EXPONENT + Math.abs(z) ** EXPONENT) ** (1 / EXPONENT);
    const level = Math.max(0, Math.floor((height / crownHeight) * (LEVELS - 1)));
    for (let n = 0; n <= level; n++) reach[n] = Math.max(reach[n], radius);
  }
  return {
    center,
    right: across,
    up,
    forward,
    halfWidth: halfWidth + clearance,
    halfDepth: halfDepth + clearance,
    crownHeight,
    reach,
  };
}

/** Share of the band's oval that the skull fills at `height` above the plane, with half a level of slack. */
export function bandReach(band: Band, height: number): number {
  const level = Math.max(0, Math.min(LEVELS - 1.001, (height / band.crownHeight) * (LEVELS - 1)));
  const n = Math.floor(level);
  const below = band.reach[Math.max(0, n - 1)];
  const here = band.reach[n];
  return below + (here - below) * (level - n);
}

/**
 * The point of a band's frame at `azimuthRad` (0 = forehead, + = subject's left): `scale` times the oval plus
 * `outward` decimeters, `height` above the plane.
 */
export function bandPoint(
  band: Band,
  azimuthRad: number,
  scale: number,
  outward: number,
  height: number,
  out: number[],
): void {
  const s = Math.sin(azimuthRad);
  const c = Math.cos(azimuthRad);
  const oval = scale / (Math.abs(s) ** EXPONENT + Math.abs(c) ** EXPONENT) ** (1 / EXPONENT);
  const x = s * (band.halfWidth * oval + outward);
  const z = c * (band.halfDepth * oval + outward);
  for (let k = 0; k < 3; k++) {
    out[k] = band.center[k] + x * band.right[k] + z * band.forward[k] + height * band.up[k];
  }
}

type Vector = [number, number, number];

function unit(v: readonly number[]): Vector {
  const length = Math.hypot(v[0], v[1], v[2]) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

function minus(a: readonly number[], b: readonly number[]): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: readonly number[], b: readonly number[]): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dotAt(points: Float32Array, i: number, center: readonly number[], axis: readonly number[]): number {
  return (
    (points[i] - center[0]) * axis[0] +
    (points[i + 1] - center[1]) * axis[1] +
    (points[i + 2] - center[2]) * axis[2]
  );
}
