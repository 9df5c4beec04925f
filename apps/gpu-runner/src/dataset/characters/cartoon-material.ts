import type { Material } from '../part.ts';

/** Tones from black to white. */
const STEPS = 5;
const SATURATION = 1.65;
/** n · v below which a surface is drawn as the outline. */
const OUTLINE = 0.13;

/** Draws a material as a cartoon would: few flat, saturated tones, little shading, an ink line at the outline. */
export function cartoonMaterial(original: Material): Material {
  return {
    shade(point) {
      const { nx, ny, nz } = point;
      original.shade(point);
      // Relief belongs to the real thing.
      point.nx = nx;
      point.ny = ny;
      point.nz = nz;
      const tone = 0.3 * point.red + 0.59 * point.green + 0.11 * point.blue;
      const step = (Math.round(Math.sqrt(tone) * STEPS) / STEPS) ** 2;
      const flat = tone > 0.02 ? (0.35 * tone + 0.65 * step) / tone : 1;
      point.red = within((tone + (point.red - tone) * SATURATION) * flat);
      point.green = within((tone + (point.green - tone) * SATURATION) * flat);
      point.blue = within((tone + (point.blue - tone) * SATURATION) * flat);
      point.gloss = point.gloss > 0.3 ? 0.5 : 0;
      point.shininess = 60;
      point.emission = Math.max(point.emission, 0.45);
      if (nx * point.vx + ny * point.vy + nz * point.vz < OUTLINE) {
        point.red *= 0.22;
        point.green *= 0.2;
        point.blue *= 0.22;
        point.gloss = 0;
      }
    },
  };
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
