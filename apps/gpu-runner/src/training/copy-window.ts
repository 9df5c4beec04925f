/** Square planes [C, side, side]. */
interface SquarePlanes {
  readonly planes: Float32Array;
  readonly side: number;
}

/** Copies the part of `from` at `corner` that `to` has room for, plane by plane. */
export function copyWindow(
  from: SquarePlanes,
  [top, left]: readonly [number, number],
  to: SquarePlanes,
): void {
  const rows = to.planes.length / to.side;
  for (let row = 0; row < rows; row++) {
    const plane = Math.floor(row / to.side);
    const start = (plane * from.side + top + (row % to.side)) * from.side + left;
    to.planes.set(from.planes.subarray(start, start + to.side), row * to.side);
  }
}
