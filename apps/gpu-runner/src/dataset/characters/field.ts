import { smoothStep } from '../skin/regions.ts';

/**
 * One soft deformation of a head, a function of the rest place alone.
 *
 * Decimeters. A field with `at` x > 0 acts on both sides alike: x of `move` then points away from the middle.
 */
export interface Field {
  /** Where it is strongest. */
  readonly at: readonly [number, number, number];
  /** Half axes of the ellipsoid that it fades out in. */
  readonly radius: readonly [number, number, number];
  /** Displacement at full strength. */
  readonly move?: readonly [number, number, number];
  /** Growth about `pivot` at full strength; 1 leaves as is. */
  readonly scale?: readonly [number, number, number];
  /** What `scale` leaves in place; `at` unless given. */
  readonly pivot?: readonly [number, number, number];
  /** |x| at which the field begins and is whole: ears without the skull beside them. */
  readonly outside?: readonly [number, number];
  /** A tip fades like a cone, a block is nearly even and drops at its rim, a hill (the default) lies between. */
  readonly fade?: 'tip' | 'hill' | 'block';
}

/** The middle of the left eyeball at rest. */
export const EYE_CENTER = [0.308, 7.284, 1.245] as const;
/** Up to the first distance from the eye's middle all moves as one with the eyeball, from the second on freely. */
const RIGID_EYE = [0.165, 0.5] as const;

/** Squares the skull's outline seen from above and flattens its top; 1 is a box with rounded edges. */
export interface Box {
  readonly boxiness: number;
}

/** What one field does to the vertices within its reach. */
interface Offsets {
  readonly vertices: Uint32Array;
  /** [vertices, 3] decimeters. */
  readonly moves: Float32Array;
}

/** The rest positions are those of all heads, so each field is worked out once. */
const known = new WeakMap<Float32Array, Map<Field | Box, Offsets>>();

/**
 * Moves posed vertices [V, 3] by `strength` times a field, a function of their `rest` positions [V, 3].
 *
 * Eyeballs and what touches them move as one, by what the field says of the eye's middle: no eyeball leaves its socket.
 */
export function applyField(
  positions: Float32Array,
  rest: Float32Array,
  field: Field | Box,
  strength: number,
): void {
  let ofRest = known.get(rest);
  if (ofRest === undefined) {
    ofRest = new Map();
    known.set(rest, ofRest);
  }
  let offsets = ofRest.get(field);
  if (offsets === undefined) {
    offsets = workOut(field, rest);
    ofRest.set(field, offsets);
  }
  const { vertices, moves } = offsets;
  for (let i = 0, m = 0; i < vertices.length; i++, m += 3) {
    const o = 3 * vertices[i];
    positions[o] += strength * moves[m];
    positions[o + 1] += strength * moves[m + 1];
    positions[o + 2] += strength * moves[m + 2];
  }
}

function workOut(field: Field | Box, rest: Float32Array): Offsets {
  const vertices: number[] = [];
  const moves: number[] = [];
  const sum = new Float64Array(3);
  for (let i = 0; i < rest.length; i += 3) {
    const x = Math.abs(rest[i]);
    const y = rest[i + 1];
    const z = rest[i + 2];
    const distance = Math.hypot(x - EYE_CENTER[0], y - EYE_CENTER[1], z - EYE_CENTER[2]);
    const free = freedom(distance);
    const anchorX = EYE_CENTER[0] + (x - EYE_CENTER[0]) * free;
    const anchorY = EYE_CENTER[1] + (y - EYE_CENTER[1]) * free;
    const anchorZ = EYE_CENTER[2] + (z - EYE_CENTER[2]) * free;
    sum.fill(0);
    if ('boxiness' in field) addBox(field.boxiness, anchorX, anchorY, anchorZ, sum);
    else addField(field, anchorX, anchorY, anchorZ, x, y, z, sum);
    if (sum[0] === 0 && sum[1] === 0 && sum[2] === 0) continue;
    vertices.push(i / 3);
    moves.push(rest[i] < 0 ? -sum[0] : sum[0], sum[1], sum[2]);
  }
  return { vertices: Uint32Array.from(vertices), moves: Float32Array.from(moves) };
}

/** Share of its own distance from the eye's middle at which a place is weighed: 0 on the eyeball, 1 far away. */
function freedom(distance: number): number {
  const [rigid, free] = RIGID_EYE;
  if (distance >= free) return 1;
  return ((free / (free - rigid)) * Math.max(0, distance - rigid)) / Math.max(1e-6, distance);
}

/** Adds one field's displacement of the point x, y, z (x ≥ 0), weighed at its anchor. */
function addField(
  field: Field,
  anchorX: number,
  anchorY: number,
  anchorZ: number,
  x: number,
  y: number,
  z: number,
  sum: Float64Array,
): void {
  const { at, radius, move, scale, pivot = at, outside, fade } = field;
  const dx = (anchorX - at[0]) / radius[0];
  const dy = (anchorY - at[1]) / radius[1];
  const dz = (anchorZ - at[2]) / radius[2];
  const squared = dx * dx + dy * dy + dz * dz;
  if (squared >= 1) return;
  let weight = (1 - squared) ** 3;
  if (fade === 'tip') weight = (1 - Math.sqrt(squared)) ** 1.5;
  if (fade === 'block') weight = (1 - squared * squared) ** 2;
  if (outside) weight *= smoothStep(anchorX, outside[0], outside[1]);
  // Both halves of a field at one side and the other meet in the middle, where neither may tear it.
  const across = at[0] > 0 ? Math.min(1, x / 0.08) * weight : weight;
  if (move) {
    sum[0] += across * move[0];
    sum[1] += weight * move[1];
    sum[2] += weight * move[2];
  }
  if (scale) {
    sum[0] += across * (scale[0] - 1) * (x - pivot[0]);
    sum[1] += weight * (scale[1] - 1) * (y - pivot[1]);
    sum[2] += weight * (scale[2] - 1) * (z - pivot[2]);
  }
}

/** Pushes a place on the round skull towards the wall of a box with rounded edges. */
function addBox(boxiness: number, x: number, y: number, z: number, sum: Float64Array): void {
  const depth = z - 0.5;
  // (1) Corners of the horizontal outline: a superellipse of exponent 6 in place of an ellipse.
  const across = Math.hypot(x / 0.75, depth / 0.98);
  const ux = Math.abs(x / 0.75) / Math.max(across, 1e-6);
  const uz = Math.abs(depth / 0.98) / Math.max(across, 1e-6);
  const head = smoothStep(y, 6.05, 6.5) * smoothStep(across, 0.2, 0.7);
  const corner = (1 / (ux ** 6 + uz ** 6) ** (1 / 6) - 1) * head * boxiness;
  sum[0] += corner * x;
  sum[2] += corner * depth;
  // (2) A flat top: places near it rise to it and spread to its rim.
  const top = smoothStep(y, 7.6, 8.3) * boxiness;
  const spread = top * 0.55 * Math.max(0, 1 - across);
  sum[0] += top * 0.12 * Math.sign(x) * Math.min(1, across * 2) + spread * x;
  sum[1] += top * (8.45 - y) * 0.75;
  sum[2] += top * 0.2 * Math.sign(depth) * Math.min(1, Math.abs(depth) * 2) + spread * depth;
}
