import type { Traits } from '../traits.ts';
import { eyeOpening } from './eye-line-layer.ts';
import { smoothStep } from './regions.ts';
import type { Rgb } from './skin-colors.ts';
import { paint, type SkinLayer } from './skin-layer.ts';

const SHADOW: Readonly<Record<Exclude<Traits['eyeShadow'], 'none'>, Rgb>> = {
  blue: [0.12, 0.35, 0.88],
  purple: [0.52, 0.18, 0.68],
  black: [0.06, 0.05, 0.06],
  green: [0.1, 0.6, 0.32],
  gold: [0.88, 0.66, 0.18],
};

/** Eye shadow from the lashes up to the brow, winged outwards; null where there is none. */
export function makeupLayer(traits: Traits): SkinLayer | null {
  if (traits.eyeShadow === 'none') return null;
  const color = SHADOW[traits.eyeShadow];
  const gleam = traits.eyeShadow === 'gold' ? 0.6 : 0.2;
  const below = traits.eyeShadow === 'black' ? 0.8 : 0.25;
  return (point, x, y, z) => {
    if (y < 7.12 || y > 7.56 || z < 0.95) return;
    const out = Math.abs(x) - 0.308;
    const wing = y - 7.31 - 0.35 * Math.max(0, out - 0.05);
    const upper =
      smoothStep(wing, -0.05, 0.005) *
      smoothStep(wing, 0.17, 0.07) *
      smoothStep(out, -0.17, -0.09) *
      smoothStep(out, 0.27, 0.14);
    const under = below * smoothStep(eyeOpening(x, y), 2.3, 1.4) * smoothStep(y, 7.3, 7.27);
    const share = Math.max(upper, under) * 0.92;
    if (share <= 0.01) return;
    paint(point, color, share);
    point.gloss += gleam * share * 0.5;
  };
}
