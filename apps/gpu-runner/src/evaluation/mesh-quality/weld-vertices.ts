import type { TriangleMesh } from '../../ssd/mesh.ts';

/** Gives vertices at the same place one number, as before a texture atlas cut them apart; collapsed triangles go. */
export function weldVertices({ positions, indices }: TriangleMesh): TriangleMesh {
  const firstAt = new Map<string, number>();
  const remap = Uint32Array.from({ length: positions.length / 3 }, (_, v) => {
    const key = `${positions[3 * v]},${positions[3 * v + 1]},${positions[3 * v + 2]}`;
    const first = firstAt.get(key) ?? v;
    firstAt.set(key, first);
    return first;
  });
  const welded: number[] = [];
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [remap[indices[t]], remap[indices[t + 1]], remap[indices[t + 2]]];
    if (a !== b && b !== c && c !== a) welded.push(a, b, c);
  }
  return { positions, indices: Uint32Array.from(welded) };
}
