import type { Camera } from '../../ssd/cameras/camera.ts';
import type { RandomStream } from '../../tensor/random.ts';

/** One lamp far away. */
export interface Lamp {
  /** Unit vector from the head to the lamp, world space. */
  readonly direction: readonly [number, number, number];
  /** Red, green and blue strength. */
  readonly color: readonly [number, number, number];
}

/** The light on one picture. The color of a matte point is albedo · (sky or ground light · occlusion + lamps). */
export interface Light {
  /** What comes from above and from below. */
  readonly sky: readonly [number, number, number];
  readonly ground: readonly [number, number, number];
  readonly lamps: readonly Lamp[];
  /** Strength of the light from behind along outlines. */
  readonly rim: number;
  /** Strength of highlights. */
  readonly gloss: number;
  /** How dark folds get, 0 … 1. */
  readonly occlusion: number;
}

/** Share of pictures that show hardly more than the colors themselves, as score distillation renders them. */
const UNLIT_SHARE = 0.36;

/** Draws the light of one picture; lamps stand about the camera, so that what it sees is lit. */
export function sampleLight(camera: Camera, random: RandomStream): Light {
  if (random.uniform() < UNLIT_SHARE) {
    const level = random.between(0.94, 1.02);
    return {
      sky: [level, level, level],
      ground: [level * 0.94, level * 0.94, level * 0.94],
      lamps: [],
      rim: 0,
      gloss: random.between(0, 0.25),
      occlusion: random.between(0, 0.35),
    };
  }
  const contrast = random.between(0.25, 1);
  const warmth = random.normal() * 0.05;
  const tint = [1 + warmth, 1, 1 - warmth] as const;
  const ambient = 0.95 - 0.55 * contrast;
  const key = 0.15 + 0.75 * contrast;
  const side = random.normal() * 0.8;
  const lamps = [lamp(camera, side, random.between(0.05, 1.1), 1, key, tint)];
  if (random.uniform() < 0.5) {
    const fill = [1 - warmth, 1, 1 + warmth] as const;
    lamps.push(lamp(camera, -side - Math.sign(side) * 0.4, random.between(-0.2, 0.5), 0.8, key * 0.3, fill));
  }
  return {
    sky: [ambient * (1 - warmth), ambient, ambient * (1 + warmth)],
    ground: [ambient * 0.72 * tint[0], ambient * 0.7, ambient * 0.68 * tint[2]],
    lamps,
    rim: random.uniform() < 0.35 ? random.between(0.1, 0.5) : 0,
    gloss: random.between(0.4, 1),
    occlusion: random.between(0.4, 0.9),
  };
}

/** A lamp to the right of and above the camera's line of sight, as seen from the head. */
function lamp(
  { right, up, forward }: Camera,
  across: number,
  above: number,
  toward: number,
  strength: number,
  tint: readonly [number, number, number],
): Lamp {
  const d = [0, 1, 2].map((k) => right[k] * across + up[k] * above - forward[k] * toward);
  const length = Math.hypot(d[0], d[1], d[2]);
  return {
    direction: [d[0] / length, d[1] / length, d[2] / length],
    color: [strength * tint[0], strength * tint[1], strength * tint[2]],
  };
}
