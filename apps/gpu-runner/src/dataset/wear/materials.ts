import { fractalNoise, valueNoise } from '../noise.ts';
import type { Material, ShadingPoint } from '../part.ts';
import type { Color } from './colors.ts';
import { CHANNEL } from './piece.ts';

/** Gives a point its albedo: `color` times `factor`. */
export function paint(point: ShadingPoint, color: Color, factor = 1): void {
  point.red = Math.min(1, color[0] * factor);
  point.green = Math.min(1, color[1] * factor);
  point.blue = Math.min(1, color[2] * factor);
}

/** The place across a piece, radians in (−π, π]. */
export function placeU(point: ShadingPoint): number {
  return Math.atan2(point.channels[CHANNEL.sinU], point.channels[CHANNEL.cosU]);
}

/** Bends the normal as a surface with slope `slopeU` along growing u and `slopeV` along growing v would. */
export function bend(point: ShadingPoint, slopeU: number, slopeV: number): void {
  const tx = point.channels[CHANNEL.tangent];
  const ty = point.channels[CHANNEL.tangent + 1];
  const tz = point.channels[CHANNEL.tangent + 2];
  const { nx, ny, nz } = point;
  const x = nx - slopeU * tx - slopeV * (ty * nz - tz * ny);
  const y = ny - slopeU * ty - slopeV * (tz * nx - tx * nz);
  const z = nz - slopeU * tz - slopeV * (tx * ny - ty * nx);
  const scale = 1 / (Math.sqrt(x * x + y * y + z * z) || 1);
  point.nx = x * scale;
  point.ny = y * scale;
  point.nz = z * scale;
}

/** Bends the normal as bumps of `strength` and `frequency` (per decimeter) would; returns their height in [−1, 1]. */
export function bendByNoise(point: ShadingPoint, frequency: number, strength: number): number {
  const x = point.x * frequency;
  const y = point.y * frequency;
  const z = point.z * frequency;
  const here = valueNoise(x, y, z);
  const gx = (valueNoise(x + 0.2, y, z) - here) * 5 * strength;
  const gy = (valueNoise(x, y + 0.2, z) - here) * 5 * strength;
  const gz = (valueNoise(x, y, z + 0.2) - here) * 5 * strength;
  const along = gx * point.nx + gy * point.ny + gz * point.nz;
  const nx = point.nx - gx + along * point.nx;
  const ny = point.ny - gy + along * point.ny;
  const nz = point.nz - gz + along * point.nz;
  const scale = 1 / (Math.sqrt(nx * nx + ny * ny + nz * nz) || 1);
  point.nx = nx * scale;
  point.ny = ny * scale;
  point.nz = nz * scale;
  return here;
}

/** Woven cloth: soft creases and a fine grain. */
export function cloth(color: Color, creases = 0.12): Material {
  return {
    shade(point) {
      const fold = bendByNoise(point, 2.6, creases);
      const grain = valueNoise(point.x * 26, point.y * 26, point.z * 26);
      paint(point, color, 1 + 0.07 * grain + 0.06 * fold);
      point.gloss = 0.04;
    },
  };
}

/** Felt: matt and slightly mottled. */
export function felt(color: Color): Material {
  return {
    shade(point) {
      const mottle = fractalNoise(point.x * 9, point.y * 9, point.z * 9, 2);
      paint(point, color, 1 + 0.12 * mottle);
      point.gloss = 0.05;
      point.shininess = 8;
    },
  };
}

/** Knitted wool: `ribs` columns around and rows of stitches along v (`stitches` for each unit of v). */
export function knit(color: Color, ribs: number, stitches: number): Material {
  return {
    shade(point) {
      const phase = placeU(point) * ribs;
      const ridge = Math.cos(phase);
      const row = point.channels[CHANNEL.v] * stitches + 0.5 * Math.abs(Math.sin(phase));
      bend(point, -0.75 * Math.sin(phase), 0.25 * Math.cos(2 * Math.PI * row));
      paint(point, color, 0.86 + 0.16 * ridge + 0.06 * Math.sin(2 * Math.PI * row));
      point.gloss = 0.02;
    },
  };
}

/** Leather: small wrinkles and a broad shine. */
export function leather(color: Color): Material {
  return {
    shade(point) {
      const wrinkle = bendByNoise(point, 14, 0.1);
      paint(point, color, 1 + 0.18 * wrinkle);
      point.gloss = 0.25;
      point.shininess = 18;
    },
  };
}

/** Plaited straw: `rounds` bands for each unit of v, crossed by stalks. */
export function straw(color: Color, rounds: number): Material {
  return {
    shade(point) {
      const round = point.channels[CHANNEL.v] * rounds;
      const u = placeU(point);
      const shift = Math.floor(round) % 2 === 0 ? 0 : 0.5;
      const stalk = Math.sin(2 * Math.PI * (u * 9.5 + shift + 0.5 * round));
      const across = Math.sin(2 * Math.PI * round);
      bend(point, 0.3 * stalk, 0.45 * across);
      const tone = valueNoise(Math.floor(round) * 3.7, u * 14, 0.5);
      paint(point, color, 0.9 + 0.1 * stalk + 0.09 * across + 0.12 * tone);
      point.gloss = 0.1;
    },
  };
}

/** Metal, a little uneven. `roughness` in [0, 1]. */
export function metal(color: Color, roughness = 0.2): Material {
  return {
    shade(point) {
      const bump = bendByNoise(point, 3.3, 0.1 * roughness + 0.02);
      paint(point, color, 0.96 + 0.06 * bump);
      point.gloss = 0.95 - 0.4 * roughness;
      point.shininess = 46 - 34 * roughness;
      point.metal = 0.9;
    },
  };
}

/** Smooth lacquer or plastic; `gloss` in [0, 1]. */
export function lacquer(color: Color, gloss = 0.6): Material {
  return {
    shade(point) {
      paint(point, color);
      point.gloss = gloss;
      point.shininess = 20 + 90 * gloss;
    },
  };
}

/** Fur and pompoms: short tufts that catch the light. */
export function fur(color: Color): Material {
  return {
    shade(point) {
      const tuft = bendByNoise(point, 12, 0.28);
      const fine = valueNoise(point.x * 34, point.y * 34, point.z * 34);
      paint(point, color, 0.92 + 0.08 * tuft + 0.06 * fine);
    },
  };
}

/** A cut stone that flashes by facets. */
export function gem(color: Color): Material {
  return {
    shade(point) {
      const facet = valueNoise(
        Math.floor(point.nx * 3.2),
        Math.floor(point.ny * 3.2),
        Math.floor(point.nz * 3.2),
      );
      paint(point, color, 1.1 + 0.55 * facet);
      point.gloss = 0.95;
      point.shininess = 60;
      point.emission = 0.1;
    },
  };
}

/** Chooses a material by the extra channel, which is constant over each surface of the piece. */
export function byExtra(...materials: readonly Material[]): Material {
  return {
    shade(point) {
      const index = Math.round(point.channels[CHANNEL.extra]);
      materials[Math.min(materials.length - 1, Math.max(0, index))].shade(point);
    },
  };
}

/** Puts something on top of a material: marks, stripes, stitches. */
export function marked(base: Material, mark: (point: ShadingPoint) => void): Material {
  return {
    shade(point) {
      base.shade(point);
      mark(point);
    },
  };
}
