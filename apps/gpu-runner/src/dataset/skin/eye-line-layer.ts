import { smoothStep } from './regions.ts';
import type { Rgb } from './skin-colors.ts';
import { paint, type SkinLayer } from './skin-layer.ts';

/** The opening between the lids at rest, measured from the eyeball's center. */
const EYE_X = 0.308;
const EYE_Y = 7.284;

/** How far outside the eye's opening a place is: 1 on the edge of the lids, more outside. */
export function eyeOpening(x: number, y: number): number {
  const dx = (Math.abs(x) - EYE_X - 0.008) / 0.122;
  const dy = (y - EYE_Y - 0.002) / (y > EYE_Y ? 0.05 : 0.046);
  return Math.sqrt(dx * dx + dy * dy);
}

/** Lashes and the crease of the upper lid; `strength` in [0, 1] goes from bare to heavily lined. */
export function eyeLineLayer(color: Rgb, strength: number): SkinLayer {
  return (point, x, y, z) => {
    if (y < 7.18 || y > 7.42 || z < 1.2) return;
    const outside = eyeOpening(x, y);
    if (outside > 2.4) return;
    const upper = smoothStep(y, EYE_Y - 0.012, EYE_Y + 0.012);
    const outer = smoothStep(Math.abs(x) - EYE_X, -0.08, 0.08);
    const reach = 1.13 + upper * (0.14 + strength * (0.22 + 0.3 * outer));
    const line = smoothStep(outside, reach + 0.22, reach - 0.1);
    paint(point, color, line * (0.3 + 0.65 * upper) * (0.55 + 0.45 * strength));
    const crease = Math.exp(-(((outside - 1.85) / 0.16) ** 2)) * upper;
    const factor = 1 - 0.3 * crease;
    point.red *= factor;
    point.green *= factor * (1 - 0.05 * crease);
    point.blue *= factor;
  };
}
