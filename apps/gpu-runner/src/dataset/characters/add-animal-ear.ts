import { valueNoise } from '../noise.ts';
import type { Material } from '../part.ts';
import { addGrid } from '../wear/add-grid.ts';
import type { Color } from '../wear/colors.ts';
import { CHANNEL, type Piece } from '../wear/piece.ts';

/** The form of an ear that stands on a head; decimeters and radians. */
export interface AnimalEar {
  readonly height: number;
  readonly halfWidth: number;
  /** How far it leans to its side. */
  readonly tilt: number;
  /** Rounded like a lion's; else it ends in a tip. */
  readonly round: boolean;
}

/** How far ears are turned out from straight ahead, radians. */
const OPENING = 0.38;

/** Adds one ear on the side of `side` (1 left, −1 right): a cup that opens forward and a little outward. */
export function addAnimalEar(
  piece: Piece,
  root: readonly [number, number, number],
  side: number,
  ear: AnimalEar,
): void {
  const { height, halfWidth, tilt, round } = ear;
  const up = [side * Math.sin(tilt), Math.cos(tilt), -0.08];
  const across = [Math.cos(OPENING), -side * Math.sin(tilt) * Math.cos(OPENING), -side * Math.sin(OPENING)];
  const front = [side * Math.sin(OPENING), -Math.sin(tilt) * Math.sin(OPENING), Math.cos(OPENING)];
  addGrid(piece, {
    columns: 16,
    rows: 8,
    closed: true,
    flipped: true,
    place: (u, v, out) => {
      const outline = round ? Math.sqrt(Math.max(0, 1 - (v * v * 1.2 - 0.2) ** 2)) : (1 - v) ** 0.75;
      const width = halfWidth * (v < 0.999 ? outline : 0);
      const x = Math.sin(u);
      const depth = Math.cos(u);
      // The front side (depth > 0) is pressed in: a rim around a hollow.
      const hollow = depth > 0 ? 0.12 * depth - 0.55 * depth * depth : 0.75 * depth;
      for (let k = 0; k < 3; k++) {
        out[k] = root[k] + height * v * up[k] + width * x * across[k] + width * 0.75 * hollow * front[k];
      }
      out[3] = Math.max(0, depth) * (1 - Math.abs(x) ** 3);
    },
  });
}

/** Fur outside, bare skin inside. */
export function earMaterial(fur: Color, inside: Color): Material {
  return {
    shade(point) {
      const { channels } = point;
      const strand =
        1 +
        0.2 * valueNoise(channels[CHANNEL.sinU] * 12, channels[CHANNEL.cosU] * 4, channels[CHANNEL.v] * 3);
      const bare = Math.min(1, Math.max(0, channels[CHANNEL.extra] * 2.2 - 0.25));
      point.red = (fur[0] + (inside[0] - fur[0]) * bare) * strand;
      point.green = (fur[1] + (inside[1] - fur[1]) * bare) * strand;
      point.blue = (fur[2] + (inside[2] - fur[2]) * bare) * strand;
      point.gloss = 0.06;
    },
  };
}
