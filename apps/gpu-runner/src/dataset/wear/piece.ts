import type { Material, Part } from '../part.ts';

/** Where the channels of a piece of wear stand; all its materials read them. */
export const CHANNEL = {
  /** cos and sin of the place around (or across) the piece, radians: no seam where a ring closes. */
  cosU: 0,
  sinU: 1,
  /** Place along the piece, in the units of its generator. */
  v: 2,
  /** Unit direction of growing u, for relief. */
  tangent: 3,
  /** What else a material wants to know. */
  extra: 6,
} as const;

/** Channels of every vertex of a piece. */
export const CHANNEL_COUNT = 7;

/** A mesh with channels that generators add to. */
export interface Piece {
  readonly positions: number[];
  readonly channels: number[];
  readonly indices: number[];
}

/** A new, empty piece. */
export function createPiece(): Piece {
  return { positions: [], channels: [], indices: [] };
}

/** Turns a piece into a part of the head. */
export function finishPiece(name: string, piece: Piece, material: Material): Part {
  return {
    name,
    mesh: { positions: Float32Array.from(piece.positions), indices: Uint32Array.from(piece.indices) },
    channels: Float32Array.from(piece.channels),
    channelCount: CHANNEL_COUNT,
    material,
  };
}
