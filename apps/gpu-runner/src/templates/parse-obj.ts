/** The surface of a Wavefront OBJ file. */
export interface ObjMesh {
  /** [V, 3] in the file's units. */
  readonly positions: Float64Array;
  /** [F, 3]; a polygon becomes a fan around its first corner. */
  readonly triangles: Uint32Array;
  /** [F] number of the polygon in the file, from 0. */
  readonly polygonOfTriangle: Uint32Array;
  readonly polygonCount: number;
  /** [V, 2]: the last pair that a corner at the vertex names; null where the file has none. */
  readonly uvs: Float64Array | null;
}

/** More than any template needs; a file beyond them is a mistake or an attack. */
const LIMITS = { vertices: 400_000, triangles: 800_000, corners: 64 } as const;

/**
 * Reads the vertices, texture coordinates and faces of an OBJ file; groups, materials and normals are passed over.
 * Errors name the file and the line.
 *
 * References: Wavefront, OBJ specification, appendix B1 (v, vt, f; negative numbers count from the end).
 */
export function parseObj(name: string, bytes: Uint8Array): ObjMesh {
  const positions: number[] = [];
  const coordinates: number[] = [];
  const triangles: number[] = [];
  const polygonOfTriangle: number[] = [];
  const uvOfVertex = new Map<number, number>();
  let polygonCount = 0;
  let lineNumber = 0;
  const refuse = (expected: string, got: string): never => {
    throw new Error(`parseObj: ${name}: line ${lineNumber}: expected ${expected}, got ${got.slice(0, 80)}`);
  };
  const numbers = (words: readonly string[], count: number): number[] => {
    const values = words.slice(1, 1 + count).map(Number);
    if (values.length < count || !values.every(Number.isFinite))
      refuse(`${count} finite numbers`, words.join(' '));
    return values;
  };
  /** A number from 1, or from the end backward, as one from 0. */
  const reference = (text: string, count: number, what: string): number => {
    const value = Number(text);
    const index = value < 0 ? count + value : value - 1;
    if (!Number.isSafeInteger(value) || index < 0 || index >= count)
      refuse(`the number of one of ${count} ${what}`, text === '' ? 'nothing' : text);
    return index;
  };

  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    lineNumber++;
    const words = line.trim().split(/\s+/);
    if (words[0] === 'v') {
      positions.push(...numbers(words, 3));
      if (positions.length / 3 > LIMITS.vertices) refuse(`at most ${LIMITS.vertices} vertices`, 'more');
    } else if (words[0] === 'vt') {
      coordinates.push(...numbers(words, 2));
    } else if (words[0] === 'f') {
      const corners = words.slice(1).map((word) => {
        const [vertex, uv = ''] = word.split('/');
        const index = reference(vertex, positions.length / 3, 'vertices');
        if (uv !== '') uvOfVertex.set(index, reference(uv, coordinates.length / 2, 'texture coordinates'));
        return index;
      });
      if (corners.length < 3 || corners.length > LIMITS.corners)
        refuse(`a face of 3 to ${LIMITS.corners} corners`, `${corners.length}`);
      for (let k = 1; k + 1 < corners.length; k++) {
        triangles.push(corners[0], corners[k], corners[k + 1]);
        polygonOfTriangle.push(polygonCount);
      }
      polygonCount++;
      if (polygonOfTriangle.length > LIMITS.triangles)
        refuse(`at most ${LIMITS.triangles} triangles`, 'more');
    }
  }
  if (polygonCount === 0) throw new Error(`parseObj: ${name}: expected a surface, got no faces`);
  return {
    positions: Float64Array.from(positions),
    triangles: Uint32Array.from(triangles),
    polygonOfTriangle: Uint32Array.from(polygonOfTriangle),
    polygonCount,
    uvs: uvOfVertex.size === 0 ? null : gatherUvs(positions.length / 3, coordinates, uvOfVertex),
  };
}

function gatherUvs(
  vertexCount: number,
  coordinates: readonly number[],
  uvOfVertex: ReadonlyMap<number, number>,
): Float64Array {
  const uvs = new Float64Array(vertexCount * 2);
  for (const [vertex, uv] of uvOfVertex) uvs.set([coordinates[uv * 2], coordinates[uv * 2 + 1]], vertex * 2);
  return uvs;
}
