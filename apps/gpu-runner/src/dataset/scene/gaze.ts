import type { RandomStream } from '../../tensor/random.ts';
import type { Traits } from '../traits.ts';
import type { WeightedTarget } from './identity-targets.ts';

/** Where the two eyes look, radians; yaw toward the subject's left, pitch up. */
export interface Gaze {
  readonly yawLeft: number;
  readonly yawRight: number;
  readonly pitch: number;
  /** What the lids do about it, as morph targets of the skin. */
  readonly lids: readonly WeightedTarget[];
}

/** Draws how far the eyes turn for what a person looks at. */
export function drawGaze(traits: Traits, random: RandomStream): Gaze {
  const far = random.between(0.5, 0.66);
  const drift = random.normal() * 0.03;
  const still = { yawLeft: drift, yawRight: drift, pitch: random.normal() * 0.025, lids: [] };
  switch (traits.gaze) {
    case 'ahead':
      return still;
    case 'left':
      return {
        ...still,
        yawLeft: far,
        yawRight: far,
        lids: [
          ['fu/eyeLookOutLeft', 0.8],
          ['fu/eyeLookInRight', 0.8],
        ],
      };
    case 'right':
      return {
        ...still,
        yawLeft: -far,
        yawRight: -far,
        lids: [
          ['fu/eyeLookInLeft', 0.8],
          ['fu/eyeLookOutRight', 0.8],
        ],
      };
    case 'up':
      return {
        ...still,
        pitch: far * 0.6,
        lids: [
          ['fu/eyeLookUpLeft', 0.9],
          ['fu/eyeLookUpRight', 0.9],
        ],
      };
    case 'down':
      return {
        ...still,
        pitch: -far * 0.62,
        lids: [
          ['fu/eyeLookDownLeft', 0.8],
          ['fu/eyeLookDownRight', 0.8],
        ],
      };
    case 'crossed':
      return { ...still, yawLeft: -far, yawRight: far, lids: [] };
  }
}

/**
 * Turns the eyeballs of posed positions [V, 3] about their centers, in place.
 *
 * Returns the centers, the subject's left first.
 */
export function turnEyes(
  positions: Float32Array,
  eyes: { readonly left: Uint32Array; readonly right: Uint32Array },
  gaze: Gaze,
): { left: [number, number, number]; right: [number, number, number] } {
  return {
    left: turn(positions, eyes.left, gaze.yawLeft, gaze.pitch),
    right: turn(positions, eyes.right, gaze.yawRight, gaze.pitch),
  };
}

function turn(
  positions: Float32Array,
  vertices: Uint32Array,
  yaw: number,
  pitch: number,
): [number, number, number] {
  const center = middleOf(positions, vertices);
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  for (const v of vertices) {
    const x = positions[v * 3] - center[0];
    const y = positions[v * 3 + 1] - center[1];
    const z = positions[v * 3 + 2] - center[2];
    const raised = y * cp + z * sp;
    const forward = z * cp - y * sp;
    positions[v * 3] = center[0] + x * cy + forward * sy;
    positions[v * 3 + 1] = center[1] + raised;
    positions[v * 3 + 2] = center[2] + forward * cy - x * sy;
  }
  return center;
}

/** Middle of the bounding box: the front of an eyeball has more vertices than its back. */
function middleOf(positions: Float32Array, vertices: Uint32Array): [number, number, number] {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const v of vertices) {
    for (let k = 0; k < 3; k++) {
      low[k] = Math.min(low[k], positions[v * 3 + k]);
      high[k] = Math.max(high[k], positions[v * 3 + k]);
    }
  }
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}
