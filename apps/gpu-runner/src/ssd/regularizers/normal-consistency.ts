/**
 * Normal consistency: neighboring vertices should face the same way.
 *
 *     value = mean over mesh edges (i, j) of 1 − n_i · n_j          with unit vertex normals n
 *
 * References: HeadArtist's released geometry configuration (weight 7,000, then 10,000), as in threestudio.
 */

/** `normals` [V, 3] of unit length, `edges` [E, 2]; answers 0 for a mesh without edges. */
export function normalConsistency(normals: Float32Array, edges: Uint32Array): number {
  let sum = 0;
  for (let e = 0; e < edges.length; e += 2) {
    const i = 3 * edges[e];
    const j = 3 * edges[e + 1];
    sum += 1 - (normals[i] * normals[j] + normals[i + 1] * normals[j + 1] + normals[i + 2] * normals[j + 2]);
  }
  return edges.length === 0 ? 0 : sum / (edges.length / 2);
}

/** Adds `gradValue` times the gradient of the value to `gradNormals` [V, 3]. */
export function normalConsistencyBackward(
  normals: Float32Array,
  edges: Uint32Array,
  gradValue: number,
  gradNormals: Float32Array,
): void {
  if (edges.length === 0) return;
  const scale = -gradValue / (edges.length / 2);
  for (let e = 0; e < edges.length; e += 2) {
    const i = 3 * edges[e];
    const j = 3 * edges[e + 1];
    for (let axis = 0; axis < 3; axis++) {
      gradNormals[i + axis] += scale * normals[j + axis];
      gradNormals[j + axis] += scale * normals[i + axis];
    }
  }
}
