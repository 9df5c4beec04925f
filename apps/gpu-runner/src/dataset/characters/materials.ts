import { fractalNoise, valueNoise } from '../noise.ts';
import type { Material } from '../part.ts';
import type { Color } from '../wear/colors.ts';
import { CHANNEL } from '../wear/piece.ts';

/** Horn, bone, ivory: rings along the length, darker or lighter towards the tip. */
export function hornMaterial(root: Color, tip: Color, rings: number): Material {
  return {
    shade(point) {
      const v = point.channels[CHANNEL.v];
      const ring = Math.sin(v * rings * 2 * Math.PI + valueNoise(point.x * 6, point.y * 6, point.z * 6));
      const shade =
        1 +
        (rings > 0 ? 0.14 * ring * (1 - v) : 0) +
        0.08 * fractalNoise(point.x * 9, point.y * 9, point.z * 9, 2);
      point.red = (root[0] + (tip[0] - root[0]) * v) * shade;
      point.green = (root[1] + (tip[1] - root[1]) * v) * shade;
      point.blue = (root[2] + (tip[2] - root[2]) * v) * shade;
      point.gloss = 0.3;
      point.shininess = 30;
    },
  };
}

/** Smooth and of one color: lacquer, plastic, wet noses, glass eyes. */
export function glossyMaterial(color: Color, gloss = 0.5, shininess = 50): Material {
  return {
    shade(point) {
      point.red = color[0];
      point.green = color[1];
      point.blue = color[2];
      point.gloss = gloss;
      point.shininess = shininess;
    },
  };
}

/** Brushed metal with a little wear. */
export function metalMaterial(color: Color): Material {
  return {
    shade(point) {
      const shade = 1 + 0.12 * fractalNoise(point.x * 5, point.y * 22, point.z * 5, 2);
      point.red = color[0] * shade;
      point.green = color[1] * shade;
      point.blue = color[2] * shade;
      point.gloss = 0.7;
      point.shininess = 35;
      point.metal = 0.8;
    },
  };
}

/** A lamp: shines by itself, brightest in its middle. */
export function glowMaterial(color: Color): Material {
  return {
    shade(point) {
      const facing = Math.max(0, point.nx * point.vx + point.ny * point.vy + point.nz * point.vz);
      const white = 0.75 * facing ** 6;
      point.red = color[0] + (1 - color[0]) * white;
      point.green = color[1] + (1 - color[1]) * white;
      point.blue = color[2] + (1 - color[2]) * white;
      point.emission = 0.85;
      point.gloss = 0.4;
    },
  };
}

/** Fur in locks that run along v: strands, darker at the roots. */
export function furMaterial(root: Color, tip: Color, strandsAround = 9): Material {
  return {
    shade(point) {
      const { channels } = point;
      const v = channels[CHANNEL.v];
      const strand = valueNoise(
        channels[CHANNEL.cosU] * strandsAround + point.x * 3,
        channels[CHANNEL.sinU] * strandsAround + point.z * 3,
        v * 1.6 + channels[CHANNEL.extra],
      );
      const shade = (0.72 + 0.35 * Math.min(1, v * 1.5)) * (1 + 0.28 * strand);
      point.red = (root[0] + (tip[0] - root[0]) * v) * shade;
      point.green = (root[1] + (tip[1] - root[1]) * v) * shade;
      point.blue = (root[2] + (tip[2] - root[2]) * v) * shade;
      point.gloss = 0.08;
    },
  };
}

/** A wig of tight curls: round knots with dark between them. */
export function curlMaterial(color: Color): Material {
  return {
    shade(point) {
      const knot = valueNoise(point.x * 13, point.y * 13, point.z * 13);
      const fine = valueNoise(point.x * 31, point.y * 31, point.z * 31);
      const shade = 0.85 + 0.35 * knot + 0.15 * fine;
      point.red = color[0] * shade;
      point.green = color[1] * shade;
      point.blue = color[2] * shade;
      point.nx += 0.35 * knot;
      point.ny += 0.35 * fine;
      const scale = 1 / Math.hypot(point.nx, point.ny, point.nz);
      point.nx *= scale;
      point.ny *= scale;
      point.nz *= scale;
      point.gloss = 0.08;
    },
  };
}
