/** Height of the rest head at which the neck ends, decimeters: below it the shoulders of the base mesh are ragged. */
const NECK_CUT = 5.72;

/** Cuts a head flat at the neck and closes it with a disk. */
export interface NeckRim {
  /** Vertices of the mesh, then the rim once more, then the middle of the disk. */
  readonly vertexCount: number;
  /** [F, 3] skin above the cut, and the disk. */
  readonly skin: Uint32Array;
  /** Values [N, width] of the mesh, with those of the disk behind them. */
  extend(values: Float32Array, width: number): Float32Array;
  /** `extend` of positions, with the vertices of the rim slid up onto the cut. */
  cut(positions: Float32Array): Float32Array;
}

/**
 * Finds how the skin is cut: triangles that cross the cut stay, and their lower vertices slide up along an edge to it.
 *
 * A disk of its own vertices closes the neck, so that it keeps a sharp edge: heads are closed solids, as are those
 * that score distillation shapes.
 */
export function createNeckRim(rest: Float32Array, skin: Uint32Array): NeckRim {
  const count = rest.length / 3;
  const kept: number[] = [];
  for (let f = 0; f < skin.length; f += 3) {
    const corners = skin.subarray(f, f + 3);
    if (corners.some((v) => rest[v * 3 + 1] > NECK_CUT)) kept.push(...corners);
  }
  const { lower, upper, share } = slides(rest, kept);
  const rim = boundaryLoop(rest, kept);
  const middle = count + rim.length;
  const triangles = kept.slice();
  for (let i = 0; i < rim.length; i++) {
    // Seen from below: the boundary runs with the skin on its left, the disk takes each edge the other way.
    triangles.push(count + ((i + 1) % rim.length), count + i, middle);
  }
  const extend = (values: Float32Array, width: number): Float32Array => {
    const all = new Float32Array((middle + 1) * width);
    all.set(values);
    for (let i = 0; i < rim.length; i++) {
      for (let k = 0; k < width; k++) {
        const value = values[rim[i] * width + k];
        all[(count + i) * width + k] = value;
        all[middle * width + k] += value / rim.length;
      }
    }
    return all;
  };
  return {
    vertexCount: middle + 1,
    skin: Uint32Array.from(triangles),
    extend,
    cut(positions) {
      const slid = positions.slice();
      for (let i = 0; i < lower.length; i++) {
        const v = lower[i] * 3;
        const u = upper[i] * 3;
        for (let k = 0; k < 3; k++) slid[v + k] += share[i] * (positions[u + k] - positions[v + k]);
      }
      return extend(slid, 3);
    },
  };
}

/** For each vertex below the cut, the neighbor above it that lies steepest, and the share of the way to the cut. */
function slides(rest: Float32Array, kept: readonly number[]) {
  const best = new Map<number, { upper: number; slope: number }>();
  for (let f = 0; f < kept.length; f += 3) {
    for (let k = 0; k < 6; k++) {
      const low = kept[f + (k % 3)];
      const high = kept[f + ((k + (k < 3 ? 1 : 2)) % 3)];
      if (rest[low * 3 + 1] > NECK_CUT || rest[high * 3 + 1] <= NECK_CUT) continue;
      const across = Math.hypot(rest[high * 3] - rest[low * 3], rest[high * 3 + 2] - rest[low * 3 + 2]);
      const slope = (rest[high * 3 + 1] - rest[low * 3 + 1]) / (across + 1e-6);
      if (slope > (best.get(low)?.slope ?? 0)) best.set(low, { upper: high, slope });
    }
  }
  const lower = Uint32Array.from(best.keys());
  const upper = Uint32Array.from(best.values(), (b) => b.upper);
  const share = Float32Array.from(lower, (v, i) => {
    const y = rest[v * 3 + 1];
    return (NECK_CUT - y) / (rest[upper[i] * 3 + 1] - y);
  });
  return { lower, upper, share };
}

/** The longest loop of edges that only one triangle has, in the direction in which that triangle runs through it. */
function boundaryLoop(rest: Float32Array, triangles: readonly number[]): number[] {
  const open = new Map<number, number>();
  const count = rest.length / 3;
  const halves = new Set<number>();
  for (let f = 0; f < triangles.length; f += 3) {
    for (let k = 0; k < 3; k++) halves.add(triangles[f + k] * count + triangles[f + ((k + 1) % 3)]);
  }
  for (const half of halves) {
    const a = Math.floor(half / count);
    const b = half % count;
    if (!halves.has(b * count + a) && rest[a * 3 + 1] < NECK_CUT + 0.1) open.set(a, b);
  }
  let longest: number[] = [];
  while (open.size > 0) {
    const loop: number[] = [];
    let at: number | undefined = open.keys().next().value;
    while (at !== undefined) {
      const next = open.get(at);
      if (next === undefined) break;
      loop.push(at);
      open.delete(at);
      at = next;
    }
    if (loop.length > longest.length) longest = loop;
  }
  return longest;
}
