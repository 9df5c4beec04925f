/**
 * A triangle mesh as plain data.
 *
 * Invariants: every index is below V; triangles are counterclockwise seen from outside, so that
 * cross(b − a, c − a) points out of the head.
 */
export interface TriangleMesh {
  /** [V, 3], world space: head height is 1, +Y up, +Z front, +X the subject's left. */
  readonly positions: Float32Array;
  /** [F, 3] vertex indices. */
  readonly indices: Uint32Array;
}
