/**
 * What an edit costs that nobody asked for: ways that points moved, and neighbors that moved apart.
 *
 *     magnitude  = Σ_v area_v · (√(|d_v|² + μ²) − μ) / Σ area                        d = displaced − base
 *     stretch    = Σ_e |e|² · (√(s_e² + δ²) − δ) / Σ |e|²      s_e = |d_i − d_j| / |x_i − x_j|
 *
 * Both grow linearly beyond μ and δ instead of with the square: few points that move far, and folds that open wide, cost
 * no more than many small drifts, so a clear demand is met in one place and noise is held back everywhere.
 *
 * References: total variation (Rudin, Osher and Fatemi 1992) for the second; HeadArtist keeps identity by a bound alone.
 */
import type { MeshEdges } from '../mesh-edges.ts';
import type { TriangleMesh } from '../mesh.ts';

/** The surface before an edit, as the penalty weighs it: the resting one, or one that earlier edits have moved. */
export interface BaseSurface {
  readonly positions: Float32Array;
  readonly edges: Uint32Array;
  /** [V] share of the whole area that belongs to each vertex: a third of its triangles. */
  readonly areaShares: Float32Array;
  /** Sum of the squared edge lengths. */
  readonly squaredLengths: number;
}

/** How strongly each part counts. */
export interface DeformationPenaltyWeights {
  readonly magnitude: number;
  readonly stretch: number;
}

/** Below this way points move almost freely: half a millimeter on a life-size head. */
const FREE_WAY = 2e-3;

/** Below this stretch neighbors part almost freely. */
const FREE_STRETCH = 0.1;

/** Prepares the mesh that an edit starts from. */
export function createBaseSurface(mesh: TriangleMesh, { edges }: MeshEdges): BaseSurface {
  const { positions, indices } = mesh;
  const areas = new Float64Array(positions.length / 3);
  let total = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]];
    const u = [0, 1, 2].map((k) => positions[b + k] - positions[a + k]);
    const v = [0, 1, 2].map((k) => positions[c + k] - positions[a + k]);
    const area =
      0.5 * Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]);
    total += area;
    for (let k = t; k < t + 3; k++) areas[indices[k]] += area / 3;
  }
  let squaredLengths = 0;
  for (let e = 0; e < edges.length; e += 2)
    squaredLengths += squaredDistance(positions, edges[e], edges[e + 1]);
  return { positions, edges, areaShares: Float32Array.from(areas, (area) => area / total), squaredLengths };
}

/**
 * Answers the weighted penalty of displaced positions [V, 3] and adds its gradient to `gradDisplaced` [V, 3].
 */
export function deformationPenalty(
  base: BaseSurface,
  displaced: Float32Array,
  weights: DeformationPenaltyWeights,
  gradDisplaced: Float32Array,
): number {
  const { positions, edges, areaShares, squaredLengths } = base;
  const d = new Float32Array(displaced.length);
  for (let i = 0; i < d.length; i++) d[i] = displaced[i] - positions[i];

  // (1) Magnitude.
  let magnitude = 0;
  for (let v = 0, i = 0; v < areaShares.length; v++, i += 3) {
    const soft = Math.sqrt(d[i] ** 2 + d[i + 1] ** 2 + d[i + 2] ** 2 + FREE_WAY ** 2);
    magnitude += areaShares[v] * (soft - FREE_WAY);
    const scale = (weights.magnitude * areaShares[v]) / soft;
    for (let k = i; k < i + 3; k++) gradDisplaced[k] += scale * d[k];
  }

  // (2) Stretch.
  let stretch = 0;
  for (let e = 0; e < edges.length; e += 2) {
    const squared = squaredDistance(positions, edges[e], edges[e + 1]);
    if (squared === 0) continue;
    const soft = Math.sqrt(squaredDistance(d, edges[e], edges[e + 1]) / squared + FREE_STRETCH ** 2);
    stretch += (squared * (soft - FREE_STRETCH)) / squaredLengths;
    const scale = weights.stretch / (squaredLengths * soft);
    const i = 3 * edges[e];
    const j = 3 * edges[e + 1];
    for (let k = 0; k < 3; k++) {
      const g = scale * (d[i + k] - d[j + k]);
      gradDisplaced[i + k] += g;
      gradDisplaced[j + k] -= g;
    }
  }
  return weights.magnitude * magnitude + weights.stretch * stretch;
}

function squaredDistance(vectors: Float32Array, a: number, b: number): number {
  const i = 3 * a;
  const j = 3 * b;
  return (
    (vectors[i] - vectors[j]) ** 2 +
    (vectors[i + 1] - vectors[j + 1]) ** 2 +
    (vectors[i + 2] - vectors[j + 2]) ** 2
  );
}
