import { addGrid } from './add-grid.ts';
import type { Piece } from './piece.ts';

/** A direction from the middle of the head. */
export type Direction = readonly [number, number, number];

/** A shell around the head that is open at the face. */
export interface WrapSpec {
  /** The opening's rim, by ψ: 0 at its top, growing to the subject's left. Any length. */
  readonly rim: (psi: number) => Direction;
  /** Where the shell closes. */
  readonly back: Direction;
  /** Writes the shell's point in direction `direction` (unit); w runs from the rim (0) to the back (1). */
  readonly surface: (direction: Direction, psi: number, w: number, out: number[]) => void;
  readonly columns?: number;
  readonly rows?: number;
  readonly extra?: number;
}

/** Adds a shell open at the face: u is ψ, v runs from the rim to the back of the head. */
export function addWrap(piece: Piece, spec: WrapSpec): void {
  const { rim, back, surface, columns = 48, rows = 20, extra = 0 } = spec;
  const backUnit = unit(back);
  addGrid(piece, {
    columns,
    rows,
    closed: true,
    flipped: true,
    place: (psi, w, out) => {
      out[3] = extra;
      surface(turn(unit(rim(psi)), backUnit, w), psi, w, out);
    },
  });
}

/** Spherical interpolation between unit vectors. */
function turn(from: Direction, to: Direction, share: number): Direction {
  const cosine = Math.max(-1, Math.min(1, from[0] * to[0] + from[1] * to[1] + from[2] * to[2]));
  const angle = Math.acos(cosine);
  const sine = Math.sin(angle);
  if (sine < 1e-5) return from;
  const a = Math.sin((1 - share) * angle) / sine;
  const b = Math.sin(share * angle) / sine;
  return [a * from[0] + b * to[0], a * from[1] + b * to[1], a * from[2] + b * to[2]];
}

function unit(v: Direction): Direction {
  const scale = 1 / (Math.hypot(v[0], v[1], v[2]) || 1);
  return [v[0] * scale, v[1] * scale, v[2] * scale];
}
