/**
 * From the optimizer's mesh to one that ships: welded, without floaters, decimated to a budget.
 *
 * References: HeadArtist's released exporter drops components with less than 1 % of the largest one's
 * faces; Garland and Heckbert, "Surface Simplification Using Quadric Error Metrics", 1997 (meshoptimizer).
 */
import { MeshoptSimplifier } from 'meshoptimizer';
import type { TriangleMesh } from '../mesh.ts';
import { computeVertexNormals } from '../renderer/vertex-normals.ts';

/** What a clean mesh must keep to. */
export interface CleanMeshOptions {
  /** The most triangles that may be left; decimation stops earlier where it would cost shape. */
  readonly triangleBudget: number;
  /** Components with a smaller share of the largest one's triangles are dropped. */
  readonly componentShareMin: number;
  /**
   * How much dearer a change of the surface's direction is on the front of the head than behind: the
   * budget goes where people look.
   */
  readonly faceDetail: number;
}

/** The released component rule and a budget for phones. */
export const CLEAN_MESH_DEFAULTS: CleanMeshOptions = {
  triangleBudget: 20_000,
  componentShareMin: 0.01,
  faceDetail: 3,
};

/** Vertices closer than this are one vertex: a hundredth of a millimeter on a life-size head. */
const WELD_GRID = 2 ** -15;

/**
 * Weight of a normal's change against a position's. More of it keeps creases a little better but makes
 * slivers: of 16,000 triangles of the template 662 at 0.5, 121 at 0.1, which the atlas then cuts to crumbs.
 */
const NORMAL_WEIGHT = 0.1;

/** Relative error that decimation never goes beyond, whatever the budget. */
const ERROR_MAX = 0.02;

/** Returns a cleaned copy of `mesh`; throws where nothing would be left. */
export async function cleanMesh(
  mesh: TriangleMesh,
  options: CleanMeshOptions = CLEAN_MESH_DEFAULTS,
): Promise<TriangleMesh> {
  const welded = weld(mesh);
  const kept = dropFloaters(welded, options.componentShareMin);
  if (kept.length === 0) throw new Error('cleanMesh: expected triangles with an area, got none');
  const whole = compact({ positions: welded.positions, indices: kept });
  return decimate(whole, options);
}

/** Merges coincident vertices and drops the triangles that lose a side by it. */
function weld({ positions, indices }: TriangleMesh): TriangleMesh {
  const firstAt = new Map<string, number>();
  const remap = new Uint32Array(positions.length / 3);
  for (let v = 0; v < remap.length; v++) {
    const [x, y, z] = [0, 1, 2].map((axis) => Math.round(positions[3 * v + axis] / WELD_GRID));
    if (!Number.isFinite(x + y + z))
      throw new Error(`cleanMesh: expected finite positions, got vertex ${v} at infinity`);
    const key = `${x},${y},${z}`;
    const first = firstAt.get(key) ?? v;
    firstAt.set(key, first);
    remap[v] = first;
  }
  const welded: number[] = [];
  for (let t = 0; t < indices.length; t += 3) {
    const a = remap[indices[t]];
    const b = remap[indices[t + 1]];
    const c = remap[indices[t + 2]];
    if (a !== b && b !== c && c !== a) welded.push(a, b, c);
  }
  return { positions, indices: Uint32Array.from(welded) };
}

/** Indices without the components that are smaller than `shareMin` of the largest one. */
function dropFloaters({ positions, indices }: TriangleMesh, shareMin: number): Uint32Array {
  // (1) Union-find over vertices.
  const parent = Uint32Array.from({ length: positions.length / 3 }, (_, v) => v);
  const root = (vertex: number): number => {
    let v = vertex;
    while (parent[v] !== v) {
      parent[v] = parent[parent[v]];
      v = parent[v];
    }
    return v;
  };
  for (let t = 0; t < indices.length; t += 3) {
    const a = root(indices[t]);
    parent[root(indices[t + 1])] = a;
    parent[root(indices[t + 2])] = a;
  }
  // (2) Triangles of each component.
  const triangleCounts = new Map<number, number>();
  for (let t = 0; t < indices.length; t += 3) {
    const component = root(indices[t]);
    triangleCounts.set(component, (triangleCounts.get(component) ?? 0) + 1);
  }
  const threshold = shareMin * [...triangleCounts.values()].reduce((most, count) => Math.max(most, count), 0);
  return indices.filter((_, i) => (triangleCounts.get(root(indices[i - (i % 3)])) ?? 0) >= threshold);
}

/** Renumbers vertices in the order of first use and forgets the rest. */
function compact({ positions, indices }: TriangleMesh): TriangleMesh {
  const fresh = new Map<number, number>();
  const renumbered = indices.map((vertex) => {
    const number = fresh.get(vertex) ?? fresh.size;
    fresh.set(vertex, number);
    return number;
  });
  const kept = new Float32Array(fresh.size * 3);
  for (const [vertex, number] of fresh) kept.set(positions.subarray(3 * vertex, 3 * vertex + 3), 3 * number);
  return { positions: kept, indices: renumbered };
}

async function decimate(mesh: TriangleMesh, options: CleanMeshOptions): Promise<TriangleMesh> {
  const { positions, indices } = mesh;
  if (indices.length <= 3 * options.triangleBudget) return mesh;
  await MeshoptSimplifier.ready;
  const { normals } = computeVertexNormals(mesh);
  const attributes = normals.map((value, i) => {
    // A ramp from ear to cheek: a step would itself look like detail worth keeping.
    const front = Math.min(Math.max((positions[i - (i % 3) + 2] + 0.1) / 0.3, 0), 1);
    return value * (1 + front * (options.faceDetail - 1));
  });
  const weights = [NORMAL_WEIGHT, NORMAL_WEIGHT, NORMAL_WEIGHT];
  const [kept] = MeshoptSimplifier.simplifyWithAttributes(
    indices,
    positions,
    3,
    attributes,
    3,
    weights,
    null,
    3 * options.triangleBudget,
    ERROR_MAX,
    ['RegularizeLight'],
  );
  return compact({ positions, indices: kept });
}
