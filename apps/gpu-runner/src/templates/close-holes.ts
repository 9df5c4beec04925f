/** The corners [T, 9] of a closed surface: those of the triangles, and of a fan over every hole. */
export function closeHoles(positions: Float64Array, triangles: Uint32Array): Float64Array {
  const point = (v: number): Float64Array => positions.subarray(v * 3, v * 3 + 3);
  const corners: number[] = [];
  for (const v of triangles) corners.push(...point(v));
  const edges = openEdges(triangles);
  const rimOf = joinedRims(edges);
  const centers = new Map<number, number[]>();
  for (const [rim, vertices] of groupBy([...rimOf.keys()], (v) => rimOf.get(v) ?? v)) {
    const center = [0, 1, 2].map((a) => vertices.reduce((sum, v) => sum + positions[v * 3 + a], 0));
    centers.set(
      rim,
      center.map((c) => c / vertices.length),
    );
  }
  for (const [from, to] of edges) {
    corners.push(...point(to), ...point(from), ...(centers.get(rimOf.get(from) ?? from) ?? []));
  }
  return Float64Array.from(corners);
}

/**
 * Directed edges that no triangle passes the other way, as often as that is so. Each vertex has as many of them coming as
 * going, so the fans' inner edges cancel in pairs, and winding numbers are whole, however the rims are joined.
 */
function openEdges(triangles: Uint32Array): [number, number][] {
  const surplus = new Map<number, number>();
  const vertexCount = triangles.reduce((most, v) => Math.max(most, v), 0) + 1;
  for (let i = 0; i < triangles.length; i += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[i + k];
      const b = triangles[i + ((k + 1) % 3)];
      const key = Math.min(a, b) * vertexCount + Math.max(a, b);
      surplus.set(key, (surplus.get(key) ?? 0) + Math.sign(b - a));
    }
  }
  const open: [number, number][] = [];
  for (const [key, count] of surplus) {
    const low = Math.floor(key / vertexCount);
    const high = key % vertexCount;
    for (let n = 0; n < Math.abs(count); n++) open.push(count > 0 ? [low, high] : [high, low]);
  }
  return open;
}

/** For every vertex of an open edge, one vertex that stands for the rim it lies on. */
function joinedRims(edges: readonly (readonly [number, number])[]): ReadonlyMap<number, number> {
  const parent = new Map<number, number>();
  const rootOf = (v: number): number => {
    let root = v;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    return root;
  };
  for (const [a, b] of edges) {
    const [rootA, rootB] = [rootOf(a), rootOf(b)];
    for (const v of [a, b, rootA, rootB]) parent.set(v, Math.min(rootA, rootB));
  }
  return new Map([...parent.keys()].map((v) => [v, rootOf(v)]));
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
