/**
 * Laplacian smoothness with the uniform, un-normalized Laplacian (the degree on its diagonal).
 *
 *     value = mean over vertices of ‖(L v)_i‖,   (L v)_i = deg(i) v_i − Σ over neighbors j of v_j
 *
 * References: HeadArtist's released geometry configuration (weight 10,000), as in threestudio.
 */

/** What the backward pass needs of the forward pass. */
export interface LaplacianResult {
  readonly value: number;
  /** [V, 3] the vectors (L v)_i. */
  readonly differences: Float32Array;
}

/** Below this length, world units, a difference vector has no direction and gets no gradient. */
const SMALLEST_LENGTH = 1e-12;

/** `positions` [V, 3], `edges` [E, 2] with each edge once. */
export function laplacian(positions: Float32Array, edges: Uint32Array): LaplacianResult {
  const differences = new Float32Array(positions.length);
  applyLaplacian(positions, edges, differences);
  let sum = 0;
  for (let i = 0; i < differences.length; i += 3) sum += lengthAt(differences, i);
  return { value: sum / Math.max(1, positions.length / 3), differences };
}

/** Adds `gradValue` times the gradient of the value to `gradPositions` [V, 3]. */
export function laplacianBackward(
  result: LaplacianResult,
  edges: Uint32Array,
  gradValue: number,
  gradPositions: Float32Array,
): void {
  const { differences } = result;
  const scale = gradValue / Math.max(1, differences.length / 3);
  const directions = new Float32Array(differences.length);
  for (let i = 0; i < differences.length; i += 3) {
    const length = lengthAt(differences, i);
    if (length < SMALLEST_LENGTH) continue;
    for (let axis = i; axis < i + 3; axis++) directions[axis] = (scale * differences[axis]) / length;
  }
  // L is symmetric, so its pull-back is L itself.
  applyLaplacian(directions, edges, gradPositions);
}

/** target += L source */
function applyLaplacian(source: Float32Array, edges: Uint32Array, target: Float32Array): void {
  for (let e = 0; e < edges.length; e += 2) {
    const i = 3 * edges[e];
    const j = 3 * edges[e + 1];
    for (let axis = 0; axis < 3; axis++) {
      const d = source[i + axis] - source[j + axis];
      target[i + axis] += d;
      target[j + axis] -= d;
    }
  }
}

function lengthAt(vectors: Float32Array, i: number): number {
  return Math.sqrt(
    vectors[i] * vectors[i] + vectors[i + 1] * vectors[i + 1] + vectors[i + 2] * vectors[i + 2],
  );
}
