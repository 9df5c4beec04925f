/** Mirrors points or vectors [N, 3] in place, the head's left to its right: x ↦ −x. */
export function mirrorRows(rows: Float32Array): void {
  for (let i = 0; i < rows.length; i += 3) rows[i] = -rows[i];
}
