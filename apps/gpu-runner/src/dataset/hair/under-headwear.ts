import { smoothStep } from '../skin/regions.ts';
import type { Traits } from '../traits.ts';
import { hairRoom } from '../wear/hair-room.ts';
import type { HairGround } from './hair-ground.ts';
import type { Point } from './point.ts';

/** Headwear that presses the hair down along a ring around the head, and lets it grow on above. */
const RINGS: ReadonlySet<Traits['headwear']> = new Set([
  'crown',
  'tiara',
  'headband',
  'flower wreath',
  'feather headdress',
]);
/** Over hats' rims hair is no thicker than this, decimeters. */
const PRESSED = 0.012;

/** Height that hair of `height` decimeters keeps at a rest place below what is worn on it. */
export function underHeadwear(height: number, rest: Point, ground: HairGround): number {
  const { headwear } = ground.traits;
  if (ground.cover !== 'none') return pressed(height, PRESSED, 1 - smoothStep(rest[1], 7.66, 7.4));
  if (headwear === 'headphones') {
    return pressed(
      height,
      0.05,
      smoothStep(Math.abs(rest[2] - 0.45), 0.4, 0.2) * smoothStep(rest[1], 7, 7.4),
    );
  }
  if (!RINGS.has(headwear)) return height;
  const line = 7.68 + 0.15 * (rest[2] + 0.4);
  const room = Math.max(0.03, hairRoom(ground.traits) - 0.03);
  const ring = pressed(height, room, smoothStep(Math.abs(rest[1] - line), 0.34, 0.17));
  // A crown stands around the hair above it.
  return headwear === 'crown' ? pressed(ring, 0.25, smoothStep(rest[1], line, line + 0.2)) : ring;
}

/** `height` limited to `limit` as far as `share` in [0, 1] says. */
function pressed(height: number, limit: number, share: number): number {
  return height <= limit ? height : height + share * (limit - height);
}
