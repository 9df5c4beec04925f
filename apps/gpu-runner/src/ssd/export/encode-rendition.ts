/** One file of a shaped head, written as its settings say. */
import { type Extension, Logger, WebIO } from '@gltf-transform/core';
import {
  EXTMeshoptCompression,
  EXTTextureWebP,
  KHRMeshQuantization,
  KHRTextureBasisu,
} from '@gltf-transform/extensions';
import { meshopt } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import type { RenditionSettings } from '@headwright/shared/renditions';
import type { ModelFacts } from '@headwright/shared/runner/protocol';
import { encodeJpeg, encodePng, encodeWebp } from './encode-image.ts';
import { encodeKtx2 } from './encode-ktx2.ts';
import type { MetricSurface } from './to-metric.ts';
import { createGltf } from './write-glb.ts';
import { writeUsdz } from './write-usdz.ts';

/** A life-size head and its color. */
export interface RenditionSource {
  /** With the morphs that the file shall have. */
  readonly surface: MetricSurface;
  /** [size, size, 3] sRGB bytes. */
  readonly pixels: Uint8Array;
  readonly size: number;
}

/** A finished file. */
export interface EncodedRendition {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly model: ModelFacts;
}

/** Encodes one file; equal input gives equal bytes. */
export async function encodeRendition(
  source: RenditionSource,
  settings: RenditionSettings,
): Promise<EncodedRendition> {
  const { surface, pixels, size } = source;
  const facts = {
    triangles: surface.indices.length / 3,
    vertices: surface.positions.length / 3,
    texture_size: size,
  };
  if (settings.format === 'usdz') {
    const format = settings.textures.format === 'png' ? 'png' : 'jpeg';
    const bytes = await TEXTURES[format].encode(pixels, size);
    return {
      bytes: writeUsdz({ ...surface, baseColor: { bytes, mimeType: `image/${format}` } }),
      contentType: 'model/vnd.usdz+zip',
      model: { ...facts, extensions: [], morphs: [] },
    };
  }
  const { bytes, extensions } = await encodeGlb(source, settings);
  return {
    bytes,
    contentType: 'model/gltf-binary',
    model: { ...facts, extensions, morphs: surface.morphs.map(({ name }) => name) },
  };
}

interface TextureCodec {
  readonly mimeType: string;
  /** What a reader must know. */
  readonly extension: typeof EXTTextureWebP | typeof KHRTextureBasisu | null;
  /** Of [size, size, 3] sRGB bytes. */
  encode(pixels: Uint8Array, size: number): Promise<Uint8Array>;
}

const JPEG_QUALITY = 90;

const TEXTURES: Readonly<Record<RenditionSettings['textures']['format'], TextureCodec>> = {
  jpeg: {
    mimeType: 'image/jpeg',
    extension: null,
    encode: (pixels, size) => encodeJpeg(pixels, size, JPEG_QUALITY),
  },
  png: { mimeType: 'image/png', extension: null, encode: encodePng },
  webp: { mimeType: 'image/webp', extension: EXTTextureWebP, encode: encodeWebp },
  ktx2: { mimeType: 'image/ktx2', extension: KHRTextureBasisu, encode: encodeKtx2 },
};

async function encodeGlb(
  { surface, pixels, size }: RenditionSource,
  { textures, compression }: RenditionSettings,
): Promise<{ bytes: Uint8Array; extensions: string[] }> {
  const { mimeType, extension, encode } = TEXTURES[textures.format];
  const document = createGltf({ ...surface, baseColor: { bytes: await encode(pixels, size), mimeType } });
  document.setLogger(new Logger(Logger.Verbosity.WARN));
  if (extension !== null) document.createExtension<Extension>(extension).setRequired(true);
  const io = new WebIO().registerExtensions([
    EXTMeshoptCompression,
    EXTTextureWebP,
    KHRMeshQuantization,
    KHRTextureBasisu,
  ]);
  if (compression === 'meshopt') {
    await MeshoptEncoder.ready;
    io.registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
    // The compressed stream has no sparse form; rows of zeros cost it next to nothing.
    for (const accessor of document.getRoot().listAccessors()) accessor.setSparse(false);
    await document.transform(meshopt({ encoder: MeshoptEncoder, level: 'medium' }));
  }
  const bytes = await io.writeBinary(document);
  const extensions = document
    .getRoot()
    .listExtensionsUsed()
    .map((used) => used.extensionName);
  return { bytes, extensions: extensions.toSorted() };
}
