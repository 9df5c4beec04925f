/** From an optimized mesh to the cut and flattened surface that files are written from. */
import type { TriangleMesh } from '../mesh.ts';
import { computeVertexNormals } from '../renderer/vertex-normals.ts';
import { type CleanMeshOptions, cleanMesh } from './clean-mesh.ts';
import { createClosestPoint } from './closest-point.ts';
import { neckBase } from './neck-base.ts';
import { type AtlasMesh, type Displace, splitBent } from './split-bent.ts';
import { type ExpressiveTemplate, type Morph, transferExpressions } from './transfer-expressions.ts';
import { type UnwrappedMesh, unwrap } from './unwrap.ts';

/** A head's surface and its atlas. */
export interface ShapedHead {
  /** Uncut, in rest: where colors are asked for. */
  readonly resting: AtlasMesh;
  /** Cut along chart borders, where geometry edits have moved it, world units. */
  readonly mesh: TriangleMesh;
  /** [W, 3] unit length, equal on both sides of a cut. */
  readonly normals: Float32Array;
  /** [W, 2] glTF texture coordinates. */
  readonly uvs: Float32Array;
  /** Expressions of the cut vertices; none where no template was given. */
  readonly morphs: readonly Morph[];
  /** World point that becomes the origin of files. */
  readonly origin: readonly [number, number, number];
  readonly chartCount: number;
}

/** What a head is shaped from. */
export interface ShapeHeadInput {
  /** World units; closed. At rest, where a deformation follows. */
  readonly mesh: TriangleMesh;
  /** Takes points of `mesh` to where geometry edits have moved them; they stay where they are when left out. */
  readonly displace?: Displace | undefined;
  /** By default the middle of the lowest part of the mesh, the neck's base. */
  readonly origin?: readonly [number, number, number] | undefined;
  readonly cleaning: CleanMeshOptions;
  /** Adds the triangles that decimation took, where they show, after the atlas was made. */
  readonly refined?: boolean;
  /** Refining and bending add no more than this; decimation keeps a budget of its own. */
  readonly trianglesMax?: number | undefined;
  /** Side of the texture that the atlas is for, texels. */
  readonly textureSize: number;
  /** Whose expressions the head inherits. */
  readonly expressions?: ExpressiveTemplate | undefined;
}

/** How far an edge may stay behind a deformation, world units: a quarter of a millimeter on a life-size head. */
const BENT_TOLERANCE = 1e-3;

/** How far an edge of a refined mesh may stay away from the optimized surface: a twentieth of a millimeter, life-size. */
const REFINED_TOLERANCE = 2e-4;

/** Cleans, unwraps, refines and deforms a head. */
export async function shapeHead(input: ShapeHeadInput): Promise<ShapedHead> {
  const { displace } = input;
  const clean = await cleanMesh(input.mesh, input.cleaning);
  const unwrapped = await unwrap(clean, input.textureSize);
  const resting = roundOff(input, { mesh: clean, unwrapped });
  const { positions: positionsRest, indices } = resting.mesh;
  const mesh = { positions: displace ? displace(positionsRest) : positionsRest, indices };
  const morphs = input.expressions
    ? transferExpressions(input.expressions, positionsRest, unitNormals(resting.mesh))
    : [];
  const cut = (values: Float32Array): Float32Array => copyToCuts(values, resting.unwrapped);
  return {
    resting,
    mesh: { positions: cut(mesh.positions), indices: resting.unwrapped.indices },
    normals: cut(unitNormals(mesh)),
    uvs: resting.unwrapped.uvs,
    morphs: morphs.map(({ name, offsets }) => ({ name, offsets: cut(offsets) })),
    origin: input.origin ?? neckBase(mesh),
    chartCount: unwrapped.chartCount,
  };
}

/** Splits where that shows; all the coarser, by doubling, where it would take more triangles than there may be. */
function roundOff({ mesh, displace, refined, trianglesMax }: ShapeHeadInput, clean: AtlasMesh): AtlasMesh {
  const snap = refined ? createClosestPoint(mesh).snap : null;
  for (let coarseness = 1; ; coarseness *= 2) {
    let resting = clean;
    if (snap) resting = moved(resting, snap, coarseness * REFINED_TOLERANCE);
    if (displace) resting = splitBent(resting, displace, coarseness * BENT_TOLERANCE);
    const { length } = resting.mesh.indices;
    const isWhole = length === clean.mesh.indices.length;
    if (isWhole || trianglesMax === undefined || length <= 3 * trianglesMax) return resting;
  }
}

/** Splits what a movement bends, then moves it; the atlas stays. */
function moved(resting: AtlasMesh, move: Displace, tolerance: number): AtlasMesh {
  const { mesh, unwrapped } = splitBent(resting, move, tolerance);
  return { mesh: { positions: move(mesh.positions), indices: mesh.indices }, unwrapped };
}

/** Gives each cut vertex the [V, 3] values of the vertex it was copied from. */
function copyToCuts(values: Float32Array, { sourceVertices }: UnwrappedMesh): Float32Array {
  const copied = new Float32Array(sourceVertices.length * 3);
  sourceVertices.forEach((vertex, i) => copied.set(values.subarray(3 * vertex, 3 * vertex + 3), 3 * i));
  return copied;
}

/** Smooth normals; where the faces around a vertex cancel out, straight up, since glTF wants unit vectors. */
function unitNormals(mesh: TriangleMesh): Float32Array {
  const { normals, lengths } = computeVertexNormals(mesh);
  lengths.forEach((length, vertex) => {
    if (length === 0) normals.set([0, 1, 0], 3 * vertex);
  });
  return normals;
}
