/** Scrambles the mixed coordinates of a lattice corner into [-1, 1]. */
function corner(mixed: number): number {
  let hash = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) * (2 / 4294967295) - 1;
}

/**
 * Smooth noise in [-1, 1] with features about one unit wide, the same at every call: scale and shift the point for other
 * sizes and seeds.
 *
 * References: Perlin 2002, "Improving noise" (the quintic blend), on hashed values in place of gradients.
 */
export function valueNoise(x: number, y: number, z: number): number {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const cellZ = Math.floor(z);
  const fx = x - cellX;
  const fy = y - cellY;
  const fz = z - cellZ;
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const w = fz * fz * fz * (fz * (fz * 6 - 15) + 10);
  const x0 = Math.imul(cellX, 0x27d4eb2d);
  const x1 = Math.imul(cellX + 1, 0x27d4eb2d);
  const y0 = Math.imul(cellY, 0x165667b1);
  const y1 = Math.imul(cellY + 1, 0x165667b1);
  const z0 = Math.imul(cellZ, 0x9e3779b1);
  const z1 = Math.imul(cellZ + 1, 0x9e3779b1);
  const near00 = corner(x0 ^ y0 ^ z0);
  const near10 = corner(x0 ^ y1 ^ z0);
  const far00 = corner(x0 ^ y0 ^ z1);
  const far10 = corner(x0 ^ y1 ^ z1);
  const a = near00 + u * (corner(x1 ^ y0 ^ z0) - near00);
  const b = near10 + u * (corner(x1 ^ y1 ^ z0) - near10);
  const c = far00 + u * (corner(x1 ^ y0 ^ z1) - far00);
  const d = far10 + u * (corner(x1 ^ y1 ^ z1) - far10);
  const near = a + v * (b - a);
  return near + w * (c + v * (d - c) - near);
}

/** Sum of `octaves` value noises, each smaller and half as strong as the one before, within [-1, 1]. */
export function fractalNoise(x: number, y: number, z: number, octaves: number): number {
  let sum = 0;
  let strength = 1;
  let total = 0;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    // The lattices of the octaves lie askew to each other, so that their cells never line up.
    const shift = octave * 17.31;
    const turn = octave * 0.6;
    const u = (x + turn * z) * scale + shift;
    const v = (y - turn * x) * scale - shift;
    const w = (z + turn * y) * scale + shift;
    sum += strength * valueNoise(u, v, w);
    total += strength;
    strength *= 0.5;
    scale *= 1.8;
  }
  return total > 0 ? sum / total : 0;
}
