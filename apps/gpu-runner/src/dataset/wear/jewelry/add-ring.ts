import { addTube } from '../add-tube.ts';
import type { Piece } from '../piece.ts';

/** Adds a ring around `center` spanned by two unit directions. */
export function addRing(
  piece: Piece,
  center: readonly number[],
  radius: number,
  thickness: number,
  a: readonly number[],
  b: readonly number[],
): void {
  addTube(piece, {
    path: (t, out) => {
      const c = radius * Math.cos(2 * Math.PI * t);
      const s = radius * Math.sin(2 * Math.PI * t);
      for (let k = 0; k < 3; k++) out[k] = center[k] + c * a[k] + s * b[k];
    },
    radius: () => thickness,
    segments: 24,
    sides: 6,
    closed: true,
  });
}
