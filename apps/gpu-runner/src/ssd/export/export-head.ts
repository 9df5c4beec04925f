/**
 * The last stage: from an optimized mesh and its color field to files that other programs open.
 *
 * Equal inputs give equal bytes: nothing here reads a clock or draws random numbers.
 */
import type { ModelFacts } from '@headwright/shared/runner/protocol';
import type { TriangleMesh } from '../mesh.ts';
import { bakeColor, type ColorAt } from './bake-color.ts';
import { CLEAN_MESH_DEFAULTS, type CleanMeshOptions } from './clean-mesh.ts';
import { encodeJpeg } from './encode-image.ts';
import { renderPreviewImage } from './preview-image.ts';
import { shapeHead } from './shape-head.ts';
import type { Displace } from './split-bent.ts';
import type { TexturedHead } from './textured-head.ts';
import { toMetric } from './to-metric.ts';
import type { ExpressiveTemplate } from './transfer-expressions.ts';
import { renderTurntable } from './turntable.ts';
import { renderViews } from './views.ts';
import { writeGlb } from './write-glb.ts';

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
  /** Whose expressions head.glb carries as morph targets; none where left out. */
  readonly expressions?: ExpressiveTemplate | undefined;
}

/** What was exported. */
export interface ExportedHead {
  /** Bytes by relative path: head.glb, preview.png, turntable.webp, views/*.png. */
  readonly files: Map<string, Uint8Array>;
  /** What head.glb holds. */
  readonly model: ModelFacts;
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
  const shaped = await shapeHead({
    ...input,
    cleaning: input.cleaning ?? CLEAN_MESH_DEFAULTS,
    textureSize,
  });
  const { mesh: resting, unwrapped } = shaped.resting;
  const baked = await bakeColor(resting, unwrapped, input.colorAt, textureSize);
  const { mesh, normals, uvs } = shaped;
  const texture = {
    data: Float32Array.from(baked.pixels, (byte) => byte / 255),
    width: textureSize,
    height: textureSize,
  };
  const head: TexturedHead = { mesh, normals, uvs, texture };
  const glb = await writeGlb({
    ...toMetric(shaped),
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
    model: {
      triangles: mesh.indices.length / 3,
      vertices: mesh.positions.length / 3,
      texture_size: textureSize,
      extensions: [],
      morphs: shaped.morphs.map(({ name }) => name),
    },
    stats: {
      triangleCount: mesh.indices.length / 3,
      vertexCount: unwrapped.sourceVertices.length,
      chartCount: shaped.chartCount,
      textureCoverage: baked.coverage,
    },
  };
}
