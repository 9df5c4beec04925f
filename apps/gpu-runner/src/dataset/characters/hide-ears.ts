/** The ears' vertices of one base mesh with their neighbors. */
interface EarPatch {
  readonly vertices: Uint32Array;
  /** Neighbors of vertices[i] are neighbors[first[i]] … neighbors[first[i + 1] − 1]. */
  readonly first: Uint32Array;
  readonly neighbors: Uint32Array;
}

/** The rest positions are those of all heads: what follows from them alone is worked out once. */
const patches = new WeakMap<Float32Array, EarPatch>();

const SWEEPS = 90;
const OVER_RELAXATION = 1.85;

/**
 * Spreads the skin at the ears smoothly over the skull as if none had grown: for heads whose ears sit elsewhere.
 *
 * `positions` [V, 3] posed, changed in place; `rest` [V, 3]; `skin` [F, 3] triangles.
 *
 * References: a discrete harmonic map with uniform weights (Tutte 1963), by successive over-relaxation.
 */
export function hideEars(positions: Float32Array, rest: Float32Array, skin: Uint32Array): void {
  let patch = patches.get(rest);
  if (patch === undefined) {
    patch = findEars(rest, skin);
    patches.set(rest, patch);
  }
  const { vertices, first, neighbors } = patch;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let i = 0; i < vertices.length; i++) {
      const o = 3 * vertices[i];
      let x = 0;
      let y = 0;
      let z = 0;
      for (let k = first[i]; k < first[i + 1]; k++) {
        const n = 3 * neighbors[k];
        x += positions[n];
        y += positions[n + 1];
        z += positions[n + 2];
      }
      const share = 1 / (first[i + 1] - first[i]);
      positions[o] += OVER_RELAXATION * (x * share - positions[o]);
      positions[o + 1] += OVER_RELAXATION * (y * share - positions[o + 1]);
      positions[o + 2] += OVER_RELAXATION * (z * share - positions[o + 2]);
    }
  }
}

function findEars(rest: Float32Array, skin: Uint32Array): EarPatch {
  const around = new Map<number, Set<number>>();
  for (let t = 0; t < skin.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const v = skin[t + k];
      if (!isEar(rest, v)) continue;
      let set = around.get(v);
      if (set === undefined) {
        set = new Set();
        around.set(v, set);
      }
      set.add(skin[t + ((k + 1) % 3)]);
      set.add(skin[t + ((k + 2) % 3)]);
    }
  }
  const vertices = Uint32Array.from(around.keys());
  const first = new Uint32Array(vertices.length + 1);
  const neighbors: number[] = [];
  for (let i = 0; i < vertices.length; i++) {
    neighbors.push(...(around.get(vertices[i]) ?? []));
    first[i + 1] = neighbors.length;
  }
  return { vertices, first, neighbors: Uint32Array.from(neighbors) };
}

/** A generous box: the skin close around an ear is drawn up to it. */
function isEar(rest: Float32Array, vertex: number): boolean {
  const x = Math.abs(rest[3 * vertex]);
  const y = rest[3 * vertex + 1];
  const z = rest[3 * vertex + 2];
  return x > 0.55 && y > 6.74 && y < 7.44 && z > 0.22 && z < 0.8;
}
