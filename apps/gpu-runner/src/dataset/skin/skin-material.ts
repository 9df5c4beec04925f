import { valueNoise } from '../noise.ts';
import type { Material, ShadingPoint } from '../part.ts';
import { smoothStep } from './regions.ts';
import { SKIN_CHANNELS } from './skin-channels.ts';
import type { SkinColors } from './skin-colors.ts';
import { paint, type SkinLayer } from './skin-layer.ts';

/** What makes one kind of skin differ from another before anything is painted on it. */
export interface SkinSurface {
  /** Strength of blotches and of pores, 1 for a person. */
  readonly mottling: number;
  readonly pores: number;
  readonly gloss: number;
  readonly shininess: number;
  readonly metal: number;
}

/** Skin: slowly varying color, mottling, pores and stubble, with `layers` painted over it in order. */
export function createSkinMaterial(
  surface: SkinSurface,
  colors: SkinColors,
  layers: readonly SkinLayer[],
): Material {
  const { mottling, pores, gloss, shininess, metal } = surface;
  const { hair, insideMouth } = colors;
  return {
    shade(point: ShadingPoint): void {
      const { channels } = point;
      const x = channels[SKIN_CHANNELS.restX];
      const y = channels[SKIN_CHANNELS.restY];
      const z = channels[SKIN_CHANNELS.restZ];
      // (1) The skin itself: wide blotches in lightness and redness, pores in lightness and relief.
      const wide = valueNoise(x * 6.1, y * 6.1 + 40, z * 6.1);
      const blotch = valueNoise(x * 14 - y * 8, y * 14 + x * 8, z * 17 + 9);
      const fine = valueNoise(x * 38 + y * 21, y * 38 - x * 21, z * 43);
      const light = 1 + 0.028 * mottling * wide + 0.022 * pores * fine;
      point.red = channels[SKIN_CHANNELS.red] * light;
      point.green = channels[SKIN_CHANNELS.green] * (light - 0.03 * mottling * blotch);
      point.blue = channels[SKIN_CHANNELS.blue] * (light - 0.035 * mottling * blotch);
      point.nx += 0.05 * pores * fine;
      point.ny += 0.025 * pores * blotch;
      // The forehead, the nose and the chin shine most.
      const oily = smoothStep(Math.abs(x), 0.34, 0.1) * smoothStep(z, 1.2, 1.45);
      point.gloss = gloss * (1 + 0.6 * oily) * (1 + 0.15 * fine);
      point.shininess = shininess;
      point.metal = metal;
      // (2) Short hair.
      const density = channels[SKIN_CHANNELS.stubble];
      if (density > 0.01) {
        const dots = valueNoise(x * 31 + z * 21, y * 33 - x * 13 + z * 9, z * 27 - x * 17 + y * 11);
        const share = Math.min(0.97, density * (0.88 + 0.42 * dots));
        paint(point, hair, Math.max(0, share));
        point.gloss *= 1 - 0.7 * density;
      }
      // (3) What is painted on it, and the mouth's inside over all.
      for (let i = 0; i < layers.length; i++) layers[i](point, x, y, z);
      const inside = smoothStep(channels[SKIN_CHANNELS.insideMouth], 0.5, 0.85);
      if (inside > 0) paint(point, insideMouth, inside);
      point.red = Math.min(1, point.red);
      point.green = Math.min(1, point.green);
      point.blue = Math.min(1, point.blue);
      point.gloss = Math.min(1, point.gloss);
      const length = Math.sqrt(point.nx * point.nx + point.ny * point.ny + point.nz * point.nz);
      if (length > 0) {
        point.nx /= length;
        point.ny /= length;
        point.nz /= length;
      }
    },
  };
}
