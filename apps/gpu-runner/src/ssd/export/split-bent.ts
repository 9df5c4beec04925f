import type { TriangleMesh } from '../mesh.ts';
import type { UnwrappedMesh } from './unwrap.ts';

/** Moves points [P, 3], world units: to where a deformation takes them. */
export type Displace = (positions: Float32Array) => Float32Array;

/** A mesh and its cut copy, triangle by triangle the same. */
export interface AtlasMesh {
  readonly mesh: TriangleMesh;
  readonly unwrapped: UnwrappedMesh;
}

/** Each round halves what it splits; an edge as long as a lip is then shorter than the finest wave of a deformation. */
const ROUNDS = 4;

/**
 * Splits the edges of a resting mesh that a deformation bends: those whose middle it takes farther than `tolerance` (world
 * units) away from the middle of where it takes their ends.
 *
 * Decimation has left few triangles where the resting surface is flat or folded; an opened mouth needs more of them.
 * The new vertices lie on the resting triangles and take their texture coordinates, so the atlas stays as it is, and
 * both sides of each edge and of each cut are split alike, so no gap opens.
 */
export function splitBent({ mesh, unwrapped }: AtlasMesh, displace: Displace, tolerance: number): AtlasMesh {
  let split: AtlasMesh = { mesh, unwrapped };
  for (let round = 0; round < ROUNDS; round++) {
    const middles = findBentEdges(split.mesh, displace, tolerance);
    if (middles.size === 0) break;
    split = splitEdges(split, middles);
  }
  return split;
}

/** The bent edges, each by its `edgeKey` with the number of the vertex that will be its middle. */
function findBentEdges(mesh: TriangleMesh, displace: Displace, tolerance: number): Map<number, number> {
  const { positions, indices } = mesh;
  const vertexCount = positions.length / 3;
  // (1) Every edge once, in the order of its first use.
  const edges = new Set<number>();
  for (let h = 0; h < indices.length; h++)
    edges.add(edgeKey(indices[h], indices[nextCorner(h)], vertexCount));
  // (2) Where the deformation takes the middles, and the middles of where it takes the ends.
  const middles = new Float32Array(3 * edges.size);
  let at = 0;
  for (const key of edges) {
    const [a, b] = [3 * Math.floor(key / vertexCount), 3 * (key % vertexCount)];
    for (let k = 0; k < 3; k++) middles[at++] = (positions[a + k] + positions[b + k]) / 2;
  }
  const ends = displace(positions);
  const taken = displace(middles);
  // (3) Those that differ.
  const bent = new Map<number, number>();
  let e = 0;
  for (const key of edges) {
    const [a, b] = [3 * Math.floor(key / vertexCount), 3 * (key % vertexCount)];
    let squared = 0;
    for (let k = 0; k < 3; k++) squared += (taken[e + k] - (ends[a + k] + ends[b + k]) / 2) ** 2;
    if (squared > tolerance * tolerance) bent.set(key, vertexCount + bent.size);
    e += 3;
  }
  return bent;
}

function splitEdges({ mesh, unwrapped }: AtlasMesh, middles: ReadonlyMap<number, number>): AtlasMesh {
  const vertexCount = mesh.positions.length / 3;
  const cutCount = unwrapped.sourceVertices.length;
  const positions = [...mesh.positions];
  for (const key of middles.keys()) {
    const [a, b] = [3 * Math.floor(key / vertexCount), 3 * (key % vertexCount)];
    for (let k = 0; k < 3; k++) positions.push((mesh.positions[a + k] + mesh.positions[b + k]) / 2);
  }
  const sourceVertices = [...unwrapped.sourceVertices];
  const uvs = [...unwrapped.uvs];
  const cutMiddles = new Map<number, number>();
  /** The cut copy of the middle between two cut vertices; one on each side of a cut. */
  const cutMiddle = (a: number, b: number, middle: number): number => {
    const key = edgeKey(a, b, cutCount);
    const known = cutMiddles.get(key);
    if (known !== undefined) return known;
    cutMiddles.set(key, sourceVertices.length);
    sourceVertices.push(middle);
    for (let k = 0; k < 2; k++) uvs.push((unwrapped.uvs[2 * a + k] + unwrapped.uvs[2 * b + k]) / 2);
    return sourceVertices.length - 1;
  };

  const indices: number[] = [];
  const cutIndices: number[] = [];
  for (let t = 0; t < mesh.indices.length; t += 3) {
    // Corners 0, 1, 2 and the middles 3, 4, 5 of the edges that begin at them, −1 where an edge stays whole.
    const vertices = [...mesh.indices.subarray(t, t + 3)];
    const cuts = [...unwrapped.indices.subarray(t, t + 3)];
    for (let k = 0; k < 3; k++) {
      const next = (k + 1) % 3;
      const middle = middles.get(edgeKey(vertices[k], vertices[next], vertexCount)) ?? -1;
      vertices.push(middle);
      cuts.push(middle < 0 ? -1 : cutMiddle(cuts[k], cuts[next], middle));
    }
    for (const corner of partsOf(vertices)) {
      indices.push(vertices[corner]);
      cutIndices.push(cuts[corner]);
    }
  }
  return {
    mesh: { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) },
    unwrapped: {
      indices: Uint32Array.from(cutIndices),
      sourceVertices: Uint32Array.from(sourceVertices),
      uvs: Float32Array.from(uvs),
      chartCount: unwrapped.chartCount,
    },
  };
}

/** The triangles that a triangle falls into, three corners each, as places in [corner 0 … 2, middle 0 … 2]. */
function partsOf(vertices: readonly number[]): readonly number[] {
  const split = [0, 1, 2].filter((k) => vertices[3 + k] >= 0);
  if (split.length === 0) return [0, 1, 2];
  if (split.length === 3) return [0, 3, 5, 3, 1, 4, 5, 4, 2, 3, 4, 5];
  if (split.length === 1) {
    const [a, b, c] = [split[0], (split[0] + 1) % 3, (split[0] + 2) % 3];
    return [a, 3 + a, c, 3 + a, b, c];
  }
  // Two edges: b is the corner between them, the quadrangle at the whole edge is cut in two.
  const whole = [0, 1, 2].find((k) => vertices[3 + k] < 0) ?? 0;
  const [c, a, b] = [whole, (whole + 1) % 3, (whole + 2) % 3];
  return [3 + a, b, 3 + b, c, a, 3 + a, c, 3 + a, 3 + b];
}

function edgeKey(a: number, b: number, count: number): number {
  return a < b ? a * count + b : b * count + a;
}

function nextCorner(h: number): number {
  return h % 3 === 2 ? h - 2 : h + 1;
}
