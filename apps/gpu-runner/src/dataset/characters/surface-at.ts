import type { HeadForm } from '../head-form.ts';

/** A place on the posed skin. */
export interface SurfacePlace {
  /** Decimeters. */
  readonly at: readonly [number, number, number];
  /** Unit, out of the head. */
  readonly normal: readonly [number, number, number];
}

/** Height of one slice of skin, decimeters. */
const SLICE = 0.1;

/** The skin's vertices by their height at rest: the same for all heads of one base mesh. */
interface Slices {
  readonly bottom: number;
  readonly vertices: readonly Uint32Array[];
}

const slicesOf = new WeakMap<Uint32Array, Slices>();

/** Finds where the skin vertex nearest to a rest place (decimeters) stands on this head. */
export function surfaceAt(form: HeadForm, x: number, y: number, z: number): SurfacePlace {
  const { rest, positions, normals, indices } = form;
  let slices = slicesOf.get(indices.skin);
  if (slices === undefined) {
    slices = sliceSkin(rest, indices.skin);
    slicesOf.set(indices.skin, slices);
  }
  const { bottom, vertices } = slices;
  const middle = Math.floor((y - bottom) / SLICE);
  let best = 0;
  let nearest = Infinity;
  // Slice after slice, up and down, until the next one is farther away than what is found.
  for (let reach = 0; (Math.max(0, reach - 1) * SLICE) ** 2 < nearest && reach <= vertices.length; reach++) {
    for (const slice of reach === 0 ? [middle] : [middle - reach, middle + reach]) {
      if (slice < 0 || slice >= vertices.length) continue;
      for (const v of vertices[slice]) {
        const dx = rest[3 * v] - x;
        const dy = rest[3 * v + 1] - y;
        const dz = rest[3 * v + 2] - z;
        const distance = dx * dx + dy * dy + dz * dz;
        if (distance >= nearest) continue;
        nearest = distance;
        best = 3 * v;
      }
    }
  }
  return {
    at: [positions[best], positions[best + 1], positions[best + 2]],
    normal: [normals[best], normals[best + 1], normals[best + 2]],
  };
}

/** Leaves out vertices that no triangle of the skin names: helpers of the base mesh stand off the head. */
function sliceSkin(rest: Float32Array, skin: Uint32Array): Slices {
  const all = [...new Set(skin)];
  const bottom = all.reduce((least, v) => Math.min(least, rest[3 * v + 1]), Infinity);
  const lists: number[][] = [];
  for (const v of all) {
    const slice = Math.floor((rest[3 * v + 1] - bottom) / SLICE);
    while (lists.length <= slice) lists.push([]);
    lists[slice].push(v);
  }
  return { bottom, vertices: lists.map((list) => Uint32Array.from(list)) };
}
