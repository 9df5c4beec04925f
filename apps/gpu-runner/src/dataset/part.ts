import type { TriangleMesh } from '../ssd/mesh.ts';

/** One piece of a head (skin, eyeballs, hair, a hat) as geometry with the material that colors its pixels. */
export interface Part {
  /** What it is, for error messages. */
  readonly name: string;
  /** Decimeters, +Y up, +Z front, +X the subject's left: the space of models/head-template/head-data.npz. */
  readonly mesh: TriangleMesh;
  /** [V, C], interpolated over the triangles for the material; C may be 0. */
  readonly channels: Float32Array;
  readonly channelCount: number;
  readonly material: Material;
}

/** Decides what one visible point looks like before light falls on it. */
export interface Material {
  /** Reads the point's place and channels; writes its color, gloss and, for relief, its normal. Allocates nothing. */
  shade(point: ShadingPoint): void;
}

/** A visible point: filled in by the renderer, completed by the material. One object serves all pixels. */
export interface ShadingPoint {
  /** Interpolated channels of the part; the first `channelCount` entries hold. */
  readonly channels: Float32Array;
  /** Posed position in decimeters. */
  x: number;
  y: number;
  z: number;
  /** Unit normal, turned to the viewer; a material may bend it for relief (seen in photos, not in normal maps). */
  nx: number;
  ny: number;
  nz: number;
  /** Unit vector to the viewer. */
  vx: number;
  vy: number;
  vz: number;
  /** Albedo in [0, 1] as it will be seen under white light (no gamma). */
  red: number;
  green: number;
  blue: number;
  /** Strength of the highlight in [0, 1] and its Blinn–Phong exponent; 0 and 20 before `shade`. */
  gloss: number;
  shininess: number;
  /** Highlight takes the albedo's color (metals) instead of the light's: 0 … 1; 0 before `shade`. */
  metal: number;
  /** Share of the color that ignores the light, in [0, 1] (glowing eyes); 0 before `shade`. */
  emission: number;
}
