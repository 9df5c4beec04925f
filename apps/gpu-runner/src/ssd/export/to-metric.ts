import type { ShapedHead } from './shape-head.ts';
import { HEAD_HEIGHT_METERS } from './head-height.ts';
import type { Morph } from './transfer-expressions.ts';

/** A surface as files have it: meters from the neck's base. */
export interface MetricSurface {
  /** [W, 3] meters, +Y up, the face toward +Z. */
  readonly positions: Float32Array;
  /** [W, 3] unit length. */
  readonly normals: Float32Array;
  /** [W, 2] origin at the texture's upper left, v down. */
  readonly uvs: Float32Array;
  /** [F, 3] counterclockwise seen from outside. */
  readonly indices: Uint32Array;
  /** Offsets in meters. */
  readonly morphs: readonly Morph[];
}

/** A shaped head, life-size. */
export function toMetric({ mesh, normals, uvs, morphs, origin }: ShapedHead): MetricSurface {
  return {
    positions: mesh.positions.map((value, i) => HEAD_HEIGHT_METERS * (value - origin[i % 3])),
    normals,
    uvs,
    indices: mesh.indices,
    morphs: morphs.map(({ name, offsets }) => ({
      name,
      offsets: offsets.map((value) => HEAD_HEIGHT_METERS * value),
    })),
  };
}
