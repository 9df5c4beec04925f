/**
 * The last stage: from an optimized mesh and its color field to files that other programs open.
 *
 * Equal inputs give equal bytes: nothing here reads a clock or draws random numbers.
 */
import type { TriangleMesh } from '../mesh.ts';
import { computeVertexNormals } from '../renderer/vertex-normals.ts';
import { bakeColor, type ColorAt } from './bake-color.ts';
import { CLEAN_MESH_DEFAULTS, type CleanMeshOptions, cleanMesh } from './clean-mesh.ts';
import { encodeJpeg } from './encode-image.ts';
import { renderPreviewImage } from './preview-image.ts';
import { type AtlasMesh, type Displace, splitBent } from './split-bent.ts';
import type { TexturedHead } from './textured-head.ts';
import { renderTurntable } from './turntable.ts';
import { type UnwrappedMesh, unwrap } from './unwrap.ts';
import { renderViews } from './views.ts';
import { writeGlb } from './write-glb.ts';

/**
 * Meters from chin to crown of a life-size head: MakeHuman's neutral base mesh (CC0), 2.336 dm from its
 * lowest chin vertex to its highest skull vertex.
 */
export const HEAD_HEIGHT_METERS = 0.234;

/** What a head is exported from. */
export interface ExportHeadInput {
  /** World units; closed. At rest, where a deformation follows. */
  readonly mesh: TriangleMesh;
  /** Asked at points of `mesh`, so that the texture moves with a deformed surface. */
  readonly colorAt: ColorAt;
  /** Takes points of `mesh` to where geometry edits have moved them; they stay where they are when left out. */
  readonly displace?: Displace | undefined;
  /**
   * World point that becomes the file's origin; by default the middle of the lowest part of the mesh,
   * the neck's base.
   */
  readonly origin?: readonly [number, number, number];
  /** Plain JSON for the file's `asset.extras`. */
  readonly extras?: Readonly<Record<string, unknown>>;
  readonly cleaning?: CleanMeshOptions;
  /** Side of the base color texture, texels; 1024 by default. */
  readonly textureSize?: number;
  /** Frames of the turntable. */
  readonly turntableFrames?: number;
}

/** What was exported. */
export interface ExportedHead {
  /** Bytes by relative path: head.glb, preview.png, turntable.webp, views/*.png. */
  readonly files: Map<string, Uint8Array>;
  readonly stats: {
    readonly triangleCount: number;
    /** After cutting along chart borders. */
    readonly vertexCount: number;
    readonly chartCount: number;
    /** Share of the texture's texels on the surface. */
    readonly textureCoverage: number;
  };
}

/** Cleans, unwraps, bakes, writes and pictures a head. */
export async function exportHead(input: ExportHeadInput): Promise<ExportedHead> {
  const textureSize = input.textureSize ?? 1024;
  const resting = await cleanMesh(input.mesh, input.cleaning ?? CLEAN_MESH_DEFAULTS);
  const atlas = await unwrap(resting, textureSize);
  const baked = await bakeColor(resting, atlas, input.colorAt, textureSize);
  const { mesh, unwrapped } = deform({ mesh: resting, unwrapped: atlas }, input.displace);
  const head: TexturedHead = {
    mesh: { positions: copyToCuts(mesh.positions, unwrapped), indices: unwrapped.indices },
    normals: copyToCuts(unitNormals(mesh), unwrapped),
    uvs: unwrapped.uvs,
    texture: {
      data: Float32Array.from(baked.pixels, (byte) => byte / 255),
      width: textureSize,
      height: textureSize,
    },
  };
  const glb = await writeGlb({
    positions: toMeters(head.mesh.positions, input.origin ?? neckBase(mesh)),
    normals: head.normals,
    uvs: head.uvs,
    indices: unwrapped.indices,
    baseColor: { bytes: await encodeJpeg(baked.pixels, textureSize, 92), mimeType: 'image/jpeg' },
    ...(input.extras ? { extras: input.extras } : {}),
  });
  const files = new Map([
    ['head.glb', glb],
    ['preview.png', await renderPreviewImage(head)],
    ['turntable.webp', await renderTurntable(head, input.turntableFrames)],
    ...(await renderViews(head)),
  ]);
  return {
    files,
    stats: {
      triangleCount: mesh.indices.length / 3,
      vertexCount: unwrapped.sourceVertices.length,
      chartCount: unwrapped.chartCount,
      textureCoverage: baked.coverage,
    },
  };
}

/** How far an edge may stay behind a deformation, world units: a quarter of a millimeter on a life-size head. */
const BENT_TOLERANCE = 1e-3;

/** Splits what a deformation bends, then moves it; the atlas stays. */
function deform(resting: AtlasMesh, displace: Displace | undefined): AtlasMesh {
  if (displace === undefined) return resting;
  const { mesh, unwrapped } = splitBent(resting, displace, BENT_TOLERANCE);
  return { mesh: { positions: displace(mesh.positions), indices: mesh.indices }, unwrapped };
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

/** How far up the neck's base reaches, head heights: the cut through a neck slants from nape to throat. */
const NECK_BASE_HEIGHT = 0.15;

/** The lowest height, in the middle of what lies up to `NECK_BASE_HEIGHT` above it. */
export function neckBase({ positions }: TriangleMesh): readonly [number, number, number] {
  let bottom = Number.POSITIVE_INFINITY;
  for (let i = 1; i < positions.length; i += 3) bottom = Math.min(bottom, positions[i]);
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < positions.length; i += 3) {
    if (positions[i + 1] > bottom + NECK_BASE_HEIGHT) continue;
    [positions[i], positions[i + 2]].forEach((value, axis) => {
      low[axis] = Math.min(low[axis], value);
      high[axis] = Math.max(high[axis], value);
    });
  }
  return [(low[0] + high[0]) / 2, bottom, (low[1] + high[1]) / 2];
}

function toMeters(positions: Float32Array, origin: readonly [number, number, number]): Float32Array {
  return positions.map((value, i) => HEAD_HEIGHT_METERS * (value - origin[i % 3]));
}
