/** The ears' vertices of one base mesh with their neighbors. */
interface EarPatch {
  readonly vertices: Uint32Array;
  /** Neighbors of vertices[i] are neighbors[first[i]] … neighbors[first[i + 1] − 1]. */
  readonly first: Uint32Array;
  readonly neighbors: Uint32Array;
  /** [vertices, 3] what takes the ears of the head at rest away: a start that leaves only this head's own ears. */
  readonly start: Float32Array;
}

/** The rest positions are those of all heads: what follows from them alone is worked out once. */
const patches = new WeakMap<Float32Array, EarPatch>();

const REST_SWEEPS = 150;
const SWEEPS = 12;
const REST_RELAXATION = 1.85;
const RELAXATION = 1.4;

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
  const { vertices, start } = patch;
  for (let i = 0; i < vertices.length; i++) {
    for (let k = 0; k < 3; k++) positions[3 * vertices[i] + k] += start[3 * i + k];
  }
  relax(positions, patch, SWEEPS, RELAXATION);
}

function relax(
  positions: Float32Array,
  { vertices, first, neighbors }: Omit<EarPatch, 'start'>,
  sweeps: number,
  relaxation: number,
): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
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
      positions[o] += relaxation * (x * share - positions[o]);
      positions[o + 1] += relaxation * (y * share - positions[o + 1]);
      positions[o + 2] += relaxation * (z * share - positions[o + 2]);
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
  const patch = { vertices, first, neighbors: Uint32Array.from(neighbors) };
  const flat = rest.slice();
  relax(flat, patch, REST_SWEEPS, REST_RELAXATION);
  const start = new Float32Array(vertices.length * 3);
  for (let i = 0; i < vertices.length; i++) {
    for (let k = 0; k < 3; k++) start[3 * i + k] = flat[3 * vertices[i] + k] - rest[3 * vertices[i] + k];
  }
  return { ...patch, start };
}

/** A generous box: the skin close around an ear is drawn up to it. */
function isEar(rest: Float32Array, vertex: number): boolean {
  const x = Math.abs(rest[3 * vertex]);
  const y = rest[3 * vertex + 1];
  const z = rest[3 * vertex + 2];
  return x > 0.55 && y > 6.74 && y < 7.44 && z > 0.22 && z < 0.8;
}
