/** A place or vector in decimeters: +Y up, +Z front, +X the subject's left. */
export type Point = [number, number, number];

/** a + scale · b. */
export function along(a: Point, b: Point, scale: number): Point {
  return [a[0] + scale * b[0], a[1] + scale * b[1], a[2] + scale * b[2]];
}

/** a − b. */
export function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** From a at 0 to b at 1. */
export function mix(a: Point, b: Point, share: number): Point {
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

/** Scalar product. */
export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Vector product a × b. */
export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Euclidean length. */
export function length(a: Point): number {
  return Math.hypot(a[0], a[1], a[2]);
}

/** `a` at length 1; the zero vector becomes +Y. */
export function unit(a: Point): Point {
  const l = length(a);
  return l > 1e-9 ? [a[0] / l, a[1] / l, a[2] / l] : [0, 1, 0];
}

/** Unit vector on the great circle from unit `a` (0) to unit `b` (1). */
export function slerp(a: Point, b: Point, share: number): Point {
  const angle = Math.acos(Math.max(-1, Math.min(1, dot(a, b))));
  if (angle < 1e-5) return a;
  const s = Math.sin(angle);
  const wa = Math.sin((1 - share) * angle) / s;
  const wb = Math.sin(share * angle) / s;
  return [wa * a[0] + wb * b[0], wa * a[1] + wb * b[1], wa * a[2] + wb * b[2]];
}

/** Unit vector `polarRad` down from +Y and `azimuthRad` from +Z toward +X. */
export function towards(polarRad: number, azimuthRad: number): Point {
  const s = Math.sin(polarRad);
  return [s * Math.sin(azimuthRad), Math.cos(polarRad), s * Math.cos(azimuthRad)];
}
