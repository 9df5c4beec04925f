/**
 * A textured head as a binary glTF file.
 *
 * References: glTF 2.0 (Khronos), sections 3.7 (meshes), 3.9 (materials) and 4 (GLB).
 */
import { Document, type Mesh, type Primitive, WebIO } from '@gltf-transform/core';

import type { MetricSurface } from './to-metric.ts';

/** What goes into the file. */
export interface GlbContent extends Omit<MetricSurface, 'morphs'> {
  /** Morph targets, in this order; none where left out. */
  readonly morphs?: MetricSurface['morphs'];
  /** An encoded sRGB picture. */
  readonly baseColor: { readonly bytes: Uint8Array; readonly mimeType: string };
  /** Plain JSON for `asset.extras`: what the head was made from. */
  readonly extras?: Readonly<Record<string, unknown>>;
}

/** Skin under room light; there is no specular information in the texture. */
const ROUGHNESS = 0.8;

/** More vertices than this need 32-bit indices; 65,535 itself is the restart value, which glTF forbids. */
const SHORT_INDEX_MAX = 65_535;

/** Encodes `content`; equal content gives equal bytes. */
export async function writeGlb(content: GlbContent): Promise<Uint8Array> {
  return new WebIO().writeBinary(createGltf(content));
}

/** The head as a glTF document; morph targets are sparse, since most vertices stay where they are. */
export function createGltf(content: GlbContent): Document {
  const { positions, normals, uvs, baseColor } = content;
  const vertexCount = positions.length / 3;
  if (normals.length !== positions.length || uvs.length !== 2 * vertexCount)
    throw new Error(
      `writeGlb: expected normals and uvs for ${vertexCount} vertices, got ${normals.length / 3} and ${uvs.length / 2}`,
    );
  const document = new Document();
  const asset = document.getRoot().getAsset();
  asset.generator = 'Headwright';
  if (content.extras) asset.extras = { ...content.extras };

  const buffer = document.createBuffer();
  const accessor = (type: 'SCALAR' | 'VEC2' | 'VEC3', array: Float32Array | Uint16Array | Uint32Array) =>
    document.createAccessor().setType(type).setArray(array.slice()).setBuffer(buffer);
  const indices = vertexCount <= SHORT_INDEX_MAX ? Uint16Array.from(content.indices) : content.indices;
  const texture = document
    .createTexture('base color')
    .setImage(baseColor.bytes.slice())
    .setMimeType(baseColor.mimeType);
  const material = document
    .createMaterial('head')
    .setBaseColorTexture(texture)
    .setMetallicFactor(0)
    .setRoughnessFactor(ROUGHNESS);
  const primitive = document
    .createPrimitive()
    .setIndices(accessor('SCALAR', indices))
    .setAttribute('POSITION', accessor('VEC3', positions))
    .setAttribute('NORMAL', accessor('VEC3', normals))
    .setAttribute('TEXCOORD_0', accessor('VEC2', uvs))
    .setMaterial(material);
  const mesh = document.createMesh('head').addPrimitive(primitive);
  addMorphs(document, mesh, primitive, content.morphs ?? []);
  const node = document.createNode('head').setMesh(mesh);
  document.getRoot().setDefaultScene(document.createScene('head').addChild(node));
  return document;
}

function addMorphs(
  document: Document,
  mesh: Mesh,
  primitive: Primitive,
  morphs: MetricSurface['morphs'],
): void {
  if (morphs.length === 0) return;
  const [buffer] = document.getRoot().listBuffers();
  for (const { name, offsets } of morphs) {
    const accessor = document
      .createAccessor(name)
      .setType('VEC3')
      .setArray(offsets.slice())
      .setSparse(offsets.some((value) => value !== 0))
      .setBuffer(buffer);
    primitive.addTarget(document.createPrimitiveTarget(name).setAttribute('POSITION', accessor));
  }
  mesh.setWeights(morphs.map(() => 0)).setExtras({ targetNames: morphs.map(({ name }) => name) });
}
