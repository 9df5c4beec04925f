/**
 * Distance to the nearest of randomly strewn points, one a unit cell, in [0, about 1.2]: round bumps with creases
 * between them.
 *
 * References: Worley 1996, "A cellular texture basis function".
 */
export function cellNoise(x: number, y: number, z: number): number {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const cellZ = Math.floor(z);
  let nearest = 9;
  for (let i = cellX - 1; i <= cellX + 1; i++) {
    for (let j = cellY - 1; j <= cellY + 1; j++) {
      for (let k = cellZ - 1; k <= cellZ + 1; k++) {
        let hash = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ Math.imul(k, 0x9e3779b1);
        hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
        hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
        const dx = i + (hash & 1023) / 1023 - x;
        const dy = j + ((hash >>> 10) & 1023) / 1023 - y;
        const dz = k + ((hash >>> 20) & 1023) / 1023 - z;
        nearest = Math.min(nearest, dx * dx + dy * dy + dz * dz);
      }
    }
  }
  return Math.sqrt(nearest);
}
