import type { TriangleMesh } from './mesh.ts';

/** [V] for each vertex the lowest vertex of its connected piece, by union and find with path halving. */
export function findPieces(mesh: TriangleMesh): Uint32Array {
  const parent = Uint32Array.from({ length: mesh.positions.length / 3 }, (_, v) => v);
  const root = (vertex: number): number => {
    let v = vertex;
    while (parent[v] !== v) {
      parent[v] = parent[parent[v]];
      v = parent[v];
    }
    return v;
  };
  const join = (a: number, b: number): void => {
    const ra = root(a);
    const rb = root(b);
    if (ra < rb) parent[rb] = ra;
    else parent[ra] = rb;
  };
  for (let f = 0; f < mesh.indices.length; f += 3) {
    join(mesh.indices[f], mesh.indices[f + 1]);
    join(mesh.indices[f], mesh.indices[f + 2]);
  }
  for (let v = 0; v < parent.length; v++) parent[v] = root(v);
  return parent;
}
