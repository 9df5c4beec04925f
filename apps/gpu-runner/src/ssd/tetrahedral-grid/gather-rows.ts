/** Rows [N, 3] of an array [G, 3]. */
export function gatherRows(values: Float32Array, rows: Uint32Array): Float32Array {
  const gathered = new Float32Array(3 * rows.length);
  for (let k = 0; k < rows.length; k++) {
    for (let axis = 0; axis < 3; axis++) gathered[3 * k + axis] = values[3 * rows[k] + axis];
  }
  return gathered;
}
