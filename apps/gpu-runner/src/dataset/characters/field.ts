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

/**
 * Moves posed vertices [V, 3] by the sum of `fields`, each times `strength`; `boxiness` in [0, 1]
 * squares the skull's outline seen from above.
 *
 * Eyeballs and what touches them move as one, by what the fields say of the eye's middle: no eyeball leaves its socket.
 */
export function applyFields(
  positions: Float32Array,
  rest: Float32Array,
  fields: readonly Field[],
  strength: number,
  boxiness = 0,
): void {
  const sum = new Float64Array(3);
  for (let i = 0; i < positions.length; i += 3) {
    const x = Math.abs(rest[i]);
    const y = rest[i + 1];
    const z = rest[i + 2];
    const side = rest[i] < 0 ? -1 : 1;
    const distance = Math.hypot(x - EYE_CENTER[0], y - EYE_CENTER[1], z - EYE_CENTER[2]);
    const free =
      distance >= RIGID_EYE[1]
        ? 1
        : (RIGID_EYE[1] * Math.max(0, distance - RIGID_EYE[0])) /
          (RIGID_EYE[1] - RIGID_EYE[0]) /
          Math.max(1e-6, distance);
    const anchorX = EYE_CENTER[0] + (x - EYE_CENTER[0]) * free;
    const anchorY = EYE_CENTER[1] + (y - EYE_CENTER[1]) * free;
    const anchorZ = EYE_CENTER[2] + (z - EYE_CENTER[2]) * free;
    sum.fill(0);
    for (const field of fields) addField(field, anchorX, anchorY, anchorZ, x, y, z, sum);
    if (boxiness > 0) addBox(boxiness, anchorX, anchorY, anchorZ, sum);
    positions[i] += side * strength * sum[0];
    positions[i + 1] += strength * sum[1];
    positions[i + 2] += strength * sum[2];
  }
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
