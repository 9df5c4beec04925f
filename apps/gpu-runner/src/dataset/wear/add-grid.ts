import type { Piece } from './piece.ts';

/** A sheet of points by two parameters: every surface of a hat is one. */
export interface GridSpec {
  /** Steps across u and along v. */
  readonly columns: number;
  readonly rows: number;
  /** u runs over a full turn and closes. */
  readonly closed?: boolean;
  /** Range of u, radians: 0 … 2π unless told otherwise. */
  readonly uRange?: readonly [number, number];
  /** Range of v: 0 … 1 unless told otherwise. */
  readonly vRange?: readonly [number, number];
  /** Turns the sheet's outside in. */
  readonly flipped?: boolean;
  /** Writes the point at (u, v) into out[0..2] and, if it likes, an extra channel into out[3] (0 before). */
  readonly place: (u: number, v: number, out: number[]) => void;
}

/**
 * Adds a sheet of `columns` × `rows` quads to a piece.
 *
 * Outside is the side from which u runs counterclockwise seen from above while v comes down (azimuths from the face to
 * the subject's left on a body of revolution).
 */
export function addGrid(piece: Piece, spec: GridSpec): void {
  const { columns, rows, closed = false, flipped = false, place } = spec;
  const [u0, u1] = spec.uRange ?? [0, 2 * Math.PI];
  const [v0, v1] = spec.vRange ?? [0, 1];
  const across = closed ? columns : columns + 1;
  const first = piece.positions.length / 3;
  const point = [0, 0, 0, 0];
  for (let j = 0; j <= rows; j++) {
    const v = v0 + ((v1 - v0) * j) / rows;
    for (let i = 0; i < across; i++) {
      const u = u0 + ((u1 - u0) * i) / columns;
      point[3] = 0;
      place(u, v, point);
      piece.positions.push(point[0], point[1], point[2]);
      piece.channels.push(Math.cos(u), Math.sin(u), v, 0, 0, 0, point[3]);
    }
  }
  writeTangents(piece, first, across, rows, closed);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const a = first + j * across + i;
      const b = first + j * across + ((i + 1) % across);
      const c = a + across;
      const d = b + across;
      if (flipped) piece.indices.push(a, b, c, b, d, c);
      else piece.indices.push(a, c, b, b, c, d);
    }
  }
}

function writeTangents(piece: Piece, first: number, across: number, rows: number, closed: boolean): void {
  const { positions, channels } = piece;
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i < across; i++) {
      const before = closed ? (i + across - 1) % across : Math.max(0, i - 1);
      const after = closed ? (i + 1) % across : Math.min(across - 1, i + 1);
      const from = (first + j * across + before) * 3;
      const to = (first + j * across + after) * 3;
      const x = positions[to] - positions[from];
      const y = positions[to + 1] - positions[from + 1];
      const z = positions[to + 2] - positions[from + 2];
      const scale = 1 / (Math.hypot(x, y, z) || 1);
      const o = (first + j * across + i) * 7 + 3;
      channels[o] = x * scale;
      channels[o + 1] = y * scale;
      channels[o + 2] = z * scale;
    }
  }
}
