/**
 * Neighbors should turn alike: normal consistency of the change that an edit makes, not of the surface itself.
 *
 *     value = mean over mesh edges (i, j) of ½ |(n_i − n⁰_i) − (n_j − n⁰_j)|²      n⁰ the normals before the edit
 *
 * It is zero for the base with all its wrinkles, while plain normal consistency would iron them out.
 */

/** Answers the value and adds `weight` times its gradient to `gradNormals` [V, 3]; `edges` [E, 2]. */
export function changeConsistency(
  normals: Float32Array,
  normalsBase: Float32Array,
  edges: Uint32Array,
  weight: number,
  gradNormals: Float32Array,
): number {
  if (edges.length === 0) return 0;
  const scale = weight / (edges.length / 2);
  let sum = 0;
  for (let e = 0; e < edges.length; e += 2) {
    const i = 3 * edges[e];
    const j = 3 * edges[e + 1];
    for (let k = 0; k < 3; k++) {
      const difference = normals[i + k] - normalsBase[i + k] - (normals[j + k] - normalsBase[j + k]);
      sum += 0.5 * difference * difference;
      gradNormals[i + k] += scale * difference;
      gradNormals[j + k] -= scale * difference;
    }
  }
  return sum / (edges.length / 2);
}
