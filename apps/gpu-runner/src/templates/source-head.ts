/** A head as its file has it: any units, +Y up, +Z front, +X the subject's left. */
export interface SourceHead {
  /** [V, 3]. */
  readonly positions: Float64Array;
  /** [F, 3] counterclockwise seen from outside. */
  readonly triangles: Uint32Array;
  /** [F] values of `TEMPLATE_PARTS`. */
  readonly parts: Uint8Array;
  /** [F] 1 for the skin and eyeballs that are seen from outside, 0 for what lies within the mouth and the sockets. */
  readonly outer: Uint8Array;
  /** [V, 2], or null where the file has none. */
  readonly uvs: Float64Array | null;
  /** Vertex numbers of every landmark chain. */
  readonly landmarks: ReadonlyMap<string, readonly number[]>;
  /** The lowest landmark of the chin. */
  readonly chinVertex: number;
}
