import type { HeadForm } from '../head-form.ts';

/** A place on the posed skin. */
export interface SurfacePlace {
  /** Decimeters. */
  readonly at: readonly [number, number, number];
  /** Unit, out of the head. */
  readonly normal: readonly [number, number, number];
}

/** Which vertices carry skin is the same for all heads of one base mesh. */
const skinVertices = new WeakMap<Uint32Array, Uint32Array>();

/** Finds where the skin vertex nearest to a rest place (decimeters) stands on this head. */
export function surfaceAt(form: HeadForm, x: number, y: number, z: number): SurfacePlace {
  const { rest, positions, normals, indices } = form;
  let vertices = skinVertices.get(indices.skin);
  if (vertices === undefined) {
    // Vertices that no triangle of the skin names (helpers of the base mesh) stand off the head.
    vertices = Uint32Array.from(new Set(indices.skin));
    skinVertices.set(indices.skin, vertices);
  }
  let best = 0;
  let bestDistance = Infinity;
  for (let i = 0; i < vertices.length; i++) {
    const v = vertices[i];
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
