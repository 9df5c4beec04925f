/** The vertices of each piece of a mesh that hangs together by triangles, in the order of their first vertices. */
export function connectedParts(vertexCount: number, triangles: Uint32Array): Set<number>[] {
  const parent = Uint32Array.from({ length: vertexCount }, (_, v) => v);
  const rootOf = (v: number): number => {
    let root = v;
    while (parent[root] !== root) root = parent[root];
    // Shortens the way for the next one who asks.
    for (let at = v; at !== root; ) {
      const next = parent[at];
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (let i = 0; i < triangles.length; i += 3) {
    for (const other of [triangles[i + 1], triangles[i + 2]]) {
      const [a, b] = [rootOf(triangles[i]), rootOf(other)];
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const pieces = new Map<number, Set<number>>();
  for (const v of triangles) {
    const root = rootOf(v);
    const piece = pieces.get(root) ?? new Set<number>();
    pieces.set(root, piece.add(v));
  }
  return [...pieces.values()];
}
