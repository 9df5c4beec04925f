import { valueNoise } from '../noise.ts';
import type { Traits } from '../traits.ts';
import { smoothStep } from './regions.ts';
import { SKIN_CHANNELS } from './skin-channels.ts';
import type { SkinColors } from './skin-colors.ts';
import { darken, lean, paint, type SkinLayer } from './skin-layer.ts';

/** Height of the closed mouth's line in rest decimeters. */
const MOUTH_LINE = 6.606;

/** Lips with a clear border, fine upright creases, a darker upper lip and a dark line between them. */
export function lipsLayer(traits: Traits, colors: SkinColors): SkinLayer {
  const painted = traits.lipColor !== 'natural';
  const opacity = painted ? 0.97 : traits.age === 'very old' ? 0.6 : 0.85;
  const gloss = painted ? 0.5 : 0.25;
  return (point, x, y, _z) => {
    const mask = point.channels[SKIN_CHANNELS.lips];
    if (mask < 0.2) return;
    const share = smoothStep(mask, painted ? 0.3 : 0.22, painted ? 0.5 : 0.62);
    const crease = valueNoise(x * 75, y * 9, 2.5);
    paint(point, colors.lips, share * opacity);
    const upper = smoothStep(y, MOUTH_LINE - 0.01, MOUTH_LINE + 0.015);
    darken(point, painted ? 0.9 : 0.87, share * upper);
    darken(point, 0.93, share * Math.max(0, crease));
    const line = Math.exp(-(((y - MOUTH_LINE) / 0.011) ** 2));
    darken(point, 0.45, share * line);
    lean(point, 0.1 * crease * share, 0);
    point.gloss += (gloss - point.gloss) * share;
    point.shininess += (34 - point.shininess) * share;
  };
}
