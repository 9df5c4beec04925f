import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Traits } from '../traits.ts';
import { browAt } from './regions.ts';
import type { SkinColors } from './skin-colors.ts';
import { lean, paint, type SkinLayer } from './skin-layer.ts';

const WEIGHT: Readonly<Record<Traits['eyebrows'], number>> = { average: 1, bushy: 1.65, thin: 0.55, none: 0 };

/** Eyebrows as short hairs that rise at the nose and lie flat toward the temple; null where there are none. */
export function browLayer(traits: Traits, colors: SkinColors, random: RandomStream): SkinLayer | null {
  const slender = traits.gender === 'female' || traits.age === 'child' ? 0.78 : 1;
  const weight = WEIGHT[traits.eyebrows] * slender * random.between(0.92, 1.08);
  if (weight === 0) return null;
  const opacity = traits.eyebrows === 'thin' ? 0.85 : traits.age === 'child' ? 0.75 : 0.95;
  const shift = random.between(0, 50);
  return (point, x, y, z) => {
    if (y < 7.36 || y > 7.68 || z < 0.95) return;
    const density = browAt(x, y, z, weight);
    if (density < 0.02) return;
    const out = Math.abs(x) - 0.308;
    // Hairs run upwards at the inner end and outwards from the middle on.
    const rise = 0.85 - 2.6 * (out + 0.15);
    const across = (y - rise * out) * 78;
    const hair = valueNoise(across + shift, out * 15, x > 0 ? 3.5 : 9.5);
    const share = Math.min(1, density * (1.12 + 0.75 * hair)) * opacity;
    if (share <= 0) return;
    paint(point, colors.brows, share);
    lean(point, 0, -0.25 * hair * density);
  };
}
