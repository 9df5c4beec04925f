import { z } from 'zod';
import { TEMPLATE_PARTS } from '../ssd/head-template/head-template.ts';
import { parseJson } from './landmark-file.ts';
import { parseObj } from './parse-obj.ts';
import type { SourceHead } from './source-head.ts';

/** The topology of ICT-FaceKit's light model. */
export const ICT_VERTICES = 26_719;
export const ICT_POLYGONS = 26_384;

/**
 * The polygons of the model in their order, by their first number, and what they become; the rest (tear fluid, shadow
 * shells, lashes) is left out.
 */
const PIECES = [
  { from: 0, part: TEMPLATE_PARTS.skin, outer: 1 }, // face, head and neck
  { from: 11_144, part: TEMPLATE_PARTS.skin, outer: 0 }, // mouth and eye sockets
  { from: 14_034, part: TEMPLATE_PARTS.tongue, outer: 0 }, // with the gums
  { from: 17_006, part: TEMPLATE_PARTS.teeth, outer: 0 },
  { from: 21_496, part: TEMPLATE_PARTS.eyes, outer: 1 },
  { from: 24_692, part: null, outer: 0 },
] as const;

/** Vertices of the eyeballs; the model calls the subject's left left. */
const EYEBALLS = { irisL: [21_451, 23_021], irisR: [23_021, 24_591] } as const;

/** Multi-PIE's 68 landmarks by chain: rings run around, brows outward or inward. */
const CHAINS = {
  jaw: range(0, 17),
  browR: range(17, 22),
  browL: range(22, 27),
  eyeR: range(36, 42),
  eyeL: range(42, 48),
  lips_out: range(48, 60),
  lips_in: range(60, 68),
};
const CHIN = 8;

const VertexIndices = z.looseObject({
  idx_to_landmark_verts: z
    .array(
      z
        .int()
        .min(0)
        .max(ICT_VERTICES - 1),
    )
    .length(68),
});

/**
 * ICT-FaceKit's mean head from generic_neutral_mesh.obj, and its landmarks from vertex_indices.json. Multi-PIE's jaw line
 * ends at the temples, so the chain `oval` is not among them; it comes from another template (`carryOval`).
 *
 * References: Li et al. 2020, Learning formation of physically-based face attributes; the kit's README for the numbers.
 */
export function readIctFace(
  mesh: { readonly path: string; readonly bytes: Uint8Array },
  indices: { readonly path: string; readonly bytes: Uint8Array },
): SourceHead {
  const found = parseObj(mesh.path, mesh.bytes);
  const vertexCount = found.positions.length / 3;
  if (vertexCount !== ICT_VERTICES || found.polygonCount !== ICT_POLYGONS) {
    throw new Error(
      `readIctFace: ${mesh.path}: expected ${ICT_VERTICES} vertices and ${ICT_POLYGONS} polygons, ` +
        `got ${vertexCount} and ${found.polygonCount}`,
    );
  }
  const { idx_to_landmark_verts: numbers } = parseJson(VertexIndices, indices.path, indices.bytes);
  const pieces = Array.from(found.polygonOfTriangle, (polygon) =>
    PIECES.findLast(({ from }) => polygon >= from),
  );
  const kept = pieces.flatMap((piece, f) => (piece && piece.part !== null ? [{ f, ...piece }] : []));
  const landmarks = new Map<string, readonly number[]>(
    Object.entries(CHAINS).map(([name, places]) => [name, places.map((n) => numbers[n])]),
  );
  for (const [name, [from, end]] of Object.entries(EYEBALLS)) {
    landmarks.set(name, [foremost(found.positions, range(from, end))]);
  }
  return {
    positions: found.positions,
    triangles: Uint32Array.from(kept.flatMap(({ f }) => [...found.triangles.subarray(f * 3, f * 3 + 3)])),
    parts: Uint8Array.from(kept, ({ part }) => part),
    outer: Uint8Array.from(kept, ({ outer }) => outer),
    uvs: found.uvs,
    landmarks,
    chinVertex: numbers[CHIN],
  };
}

function foremost(positions: Float64Array, vertices: readonly number[]): number {
  return vertices.reduce((best, v) => (positions[v * 3 + 2] > positions[best * 3 + 2] ? v : best));
}

function range(from: number, end: number): number[] {
  return Array.from({ length: end - from }, (_, i) => from + i);
}
