/**
 * One person's bare head, posed: the mesh that hair, beards and hats are fitted to.
 *
 * V vertices are those of head-data.npz after one midpoint subdivision (vertices, edge midpoints, face centers), so that
 * `rest` is the same for every head: whatever is a function of the place on a head is written in rest coordinates.
 */
export interface HeadForm {
  /** [V, 3] posed: identity, age, character and expression applied. Decimeters, +Y up, +Z front, +X subject's left. */
  readonly positions: Float32Array;
  /** [V, 3] unit normals of the posed skin. */
  readonly normals: Float32Array;
  /** [V, 3] the neutral average head (`base`, subdivided). Fixed for all heads. */
  readonly rest: Float32Array;
  /** [V] 0 skin, 1 eyeballs, 3 teeth, 4 tongue (helper strips are left out of `indices`). */
  readonly region: Uint8Array;
  /** [F, 3] triangles of each region, counterclockwise seen from outside; the skin's ragged lower rim is cropped. */
  readonly indices: {
    readonly skin: Uint32Array;
    readonly eyes: Uint32Array;
    readonly teeth: Uint32Array;
    readonly tongue: Uint32Array;
  };
  /** [V] in [0, 1]. */
  readonly masks: {
    readonly lips: Float32Array;
    readonly eyelids: Float32Array;
    readonly ears: Float32Array;
    readonly insideMouth: Float32Array;
  };
  /** Posed landmarks of use to builders, decimeters. */
  readonly places: {
    readonly crown: readonly [number, number, number];
    readonly chin: readonly [number, number, number];
    readonly noseTip: readonly [number, number, number];
    readonly eyeLeft: readonly [number, number, number];
    readonly eyeRight: readonly [number, number, number];
    readonly earLeft: readonly [number, number, number];
    readonly earRight: readonly [number, number, number];
    readonly mouth: readonly [number, number, number];
  };
}
