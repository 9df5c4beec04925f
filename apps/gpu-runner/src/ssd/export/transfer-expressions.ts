/** Facial expressions of the template, carried over to a head that was made from it. */
import type { TriangleMesh } from '../mesh.ts';
import { createClosestPoint, type SurfacePoint } from './closest-point.ts';

/** A template's surface and how its expressions move it: a `HeadTemplate` has all of this. */
export interface ExpressiveTemplate {
  readonly mesh: TriangleMesh;
  /** [F] what each triangle belongs to; 0 and 1, skin and eyes, are seen from outside. */
  readonly partOfTriangle: Uint8Array;
  readonly expressions: ReadonlyMap<
    string,
    { readonly vertices: Uint32Array; readonly offsets: Float32Array }
  >;
}

/** One expression of a finished head. */
export interface Morph {
  /** ARKit's name of it, such as `jawOpen`. */
  readonly name: string;
  /** [V, 3] world units, what full strength adds. */
  readonly offsets: Float32Array;
}

/** Up to here a part of the head (lips, a beard) moves wholly with the template's nearest skin, head heights … */
const FOLLOWS_WHOLLY = 0.08;
/** … and from here (a hat's brim, hair far out) not at all. */
const FOLLOWS_NOT = 0.25;

/** Less than this is nothing, head heights: two hundredths of a millimeter on a life-size head. */
const OFFSET_MIN = 1e-4;

/** Last triangle part that can be seen from outside. */
const OUTER_PART_MAX = 1;

/**
 * Gives each vertex of a head in rest the movement of the template's nearest point that faces the same way.
 *
 * The head's mouth and eyes are one closed surface: an opened jaw stretches the skin between the lips, since there is no
 * inside behind them, and the tongue's expression moves nothing.
 */
export function transferExpressions(
  template: ExpressiveTemplate,
  positionsRest: Float32Array,
  normalsRest: Float32Array,
): Morph[] {
  if (template.expressions.size === 0) return [];
  const outer = template.mesh.indices.filter(
    (_, i) => template.partOfTriangle[Math.floor(i / 3)] <= OUTER_PART_MAX,
  );
  const closest = createClosestPoint({ positions: template.mesh.positions, indices: outer });

  // (1) Where each vertex looks: three template vertices and their weights, less the farther away it is.
  const vertexCount = positionsRest.length / 3;
  const corners = new Uint32Array(3 * vertexCount);
  const weights = new Float32Array(3 * vertexCount);
  const found: SurfacePoint = { triangle: -1, weights: [0, 0, 0], squaredDistance: 0 };
  for (let v = 0; v < vertexCount; v++) {
    const [start, end] = [3 * v, 3 * v + 3];
    closest.find(positionsRest.subarray(start, end), found, normalsRest.subarray(start, end));
    if (found.triangle < 0) continue;
    const share = falloff(Math.sqrt(found.squaredDistance));
    for (let corner = 0; corner < 3; corner++) {
      corners[start + corner] = outer[3 * found.triangle + corner];
      weights[start + corner] = share * found.weights[corner];
    }
  }

  // (2) Each expression there.
  const moved = new Float32Array(template.mesh.positions.length);
  return [...template.expressions].map(([name, { vertices, offsets }]) => {
    moved.fill(0);
    vertices.forEach((vertex, i) => moved.set(offsets.subarray(3 * i, 3 * i + 3), 3 * vertex));
    return { name, offsets: lookUp(moved, corners, weights) };
  });
}

function falloff(distance: number): number {
  const t = Math.min(Math.max((distance - FOLLOWS_WHOLLY) / (FOLLOWS_NOT - FOLLOWS_WHOLLY), 0), 1);
  return 1 - t * t * (3 - 2 * t);
}

function lookUp(moved: Float32Array, corners: Uint32Array, weights: Float32Array): Float32Array {
  const offsets = new Float32Array(corners.length);
  for (let v = 0; v < corners.length; v += 3) {
    let squared = 0;
    for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (let corner = 0; corner < 3; corner++)
        sum += weights[v + corner] * moved[3 * corners[v + corner] + k];
      offsets[v + k] = sum;
      squared += sum * sum;
    }
    if (squared < OFFSET_MIN * OFFSET_MIN) offsets.fill(0, v, v + 3);
  }
  return offsets;
}
