import type { HeadForm } from '../head-form.ts';

/** A place on the posed skin. */
export interface SurfacePlace {
  /** Decimeters. */
  readonly at: readonly [number, number, number];
  /** Unit, out of the head. */
  readonly normal: readonly [number, number, number];
}

/** Finds where the skin vertex nearest to a rest place (decimeters) stands on this head. */
export function surfaceAt(form: HeadForm, x: number, y: number, z: number): SurfacePlace {
  const { rest, region, positions, normals } = form;
  let best = 0;
  let bestDistance = Infinity;
  for (let v = 0; v < region.length; v++) {
    if (region[v] !== 0) continue;
    const dx = rest[3 * v] - x;
    const dy = rest[3 * v + 1] - y;
    const dz = rest[3 * v + 2] - z;
    const distance = dx * dx + dy * dy + dz * dz;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = 3 * v;
    }
  }
  return {
    at: [positions[best], positions[best + 1], positions[best + 2]],
    normal: [normals[best], normals[best + 1], normals[best + 2]],
  };
}
