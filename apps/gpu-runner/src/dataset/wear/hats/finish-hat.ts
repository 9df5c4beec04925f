import type { Material, Part } from '../../part.ts';
import { byExtra } from '../materials.ts';
import { finishPiece, type Piece } from '../piece.ts';

/** Turns a hat's piece into its part; the extra channel counts through `materials`. */
export function finishHat(name: string, piece: Piece, ...materials: readonly Material[]): Part[] {
  return [finishPiece(name, piece, byExtra(...materials))];
}
