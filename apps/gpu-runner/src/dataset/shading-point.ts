import type { ShadingPoint } from './part.ts';

/** A point for materials to shade, with the look that they start from: a dull, matte black. `channels` is kept, not copied. */
export function createShadingPoint(channels: Float32Array): ShadingPoint {
  const place = { x: 0, y: 0, z: 0, nx: 0, ny: 0, nz: 1, vx: 0, vy: 0, vz: 1 };
  const color = { red: 0, green: 0, blue: 0, gloss: 0, shininess: 20, metal: 0, emission: 0 };
  return { channels, ...place, ...color };
}
