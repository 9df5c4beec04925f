import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { WebIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import type { RenditionSettings } from '@headwright/shared/renditions';
import { MeshoptDecoder } from 'meshoptimizer';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import '../../../../../test/matchers.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { encodeRendition } from './encode-rendition.ts';

const SIZE = 64;
const PLAIN: RenditionSettings = {
  format: 'glb',
  lod: 'medium',
  compression: 'none',
  textures: { size: 512, format: 'jpeg' },
  morphs: 'none',
};

/** A ball of 10 cm whose upper half can be lifted, red on top and green below. */
function makeSource() {
  const { positions, indices } = createBall(12, () => 0.1);
  const offsets = positions.map((_, i) => (i % 3 === 1 && positions[i] > 0 ? 0.02 : 0));
  const uvs = new Float32Array((2 * positions.length) / 3);
  for (let v = 0; v < uvs.length / 2; v++) {
    uvs.set([0.5 + 4 * positions[3 * v], 0.5 - 4 * positions[3 * v + 1]], 2 * v);
  }
  const pixels = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
    const isTop = i < (SIZE * SIZE * 3) / 2;
    return i % 3 === (isTop ? 0 : 1) ? 200 : 30;
  });
  const morphs = [
    { name: 'jawOpen', offsets },
    { name: 'tongueOut', offsets: new Float32Array(positions.length) },
  ];
  return {
    surface: { positions, normals: positions.map((value) => 10 * value), uvs, indices, morphs },
    pixels,
    size: SIZE,
  };
}

const source = makeSource();

async function decode(bytes: Uint8Array) {
  await MeshoptDecoder.ready;
  const io = new WebIO()
    .registerExtensions(ALL_EXTENSIONS)
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
  const document = await io.readBinary(bytes);
  const [node] = document.getRoot().listNodes();
  const mesh = node.getMesh();
  const [primitive] = mesh?.listPrimitives() ?? [];
  const scale = node.getScale()[0];
  const read = (values: { getElement(i: number, into: number[]): number[] } | null, count: number) =>
    Array.from({ length: count }, (_, i) => values?.getElement(i, [0, 0, 0]) ?? []);
  const position = primitive.getAttribute('POSITION');
  const count = position?.getCount() ?? 0;
  return {
    names: mesh?.getExtras().targetNames,
    points: read(position, count).map((point) =>
      point.map((value, k) => value * scale + node.getTranslation()[k]),
    ),
    lifts: read(primitive.listTargets()[0]?.getAttribute('POSITION') ?? null, count).map(
      ([, y]) => y * scale,
    ),
    triangleCount: (primitive.getIndices()?.getCount() ?? 0) / 3,
    image: primitive.getMaterial()?.getBaseColorTexture()?.getImage() ?? new Uint8Array(),
  };
}

const require = createRequire(import.meta.url);

/** What is used of Basis Universal's own transcoder, which comes with three. */
interface Transcoder {
  initializeBasis(): void;
  KTX2File: new (
    bytes: Uint8Array,
  ) => {
    startTranscoding(): number;
    getImageTranscodedSizeInBytes(level: number, layer: number, face: number, format: number): number;
    transcodeImage(
      into: Uint8Array,
      level: number,
      layer: number,
      face: number,
      format: number,
      unused: number,
      channel0: number,
      channel1: number,
    ): number;
  };
}

const RGBA32 = 13;

/** The largest level as [size, size, 4] bytes. */
async function transcode(ktx2: Uint8Array): Promise<Uint8Array> {
  const folder = new URL('../../../../../node_modules/three/examples/jsm/libs/basis/', import.meta.url)
    .pathname;
  // The file is a script that declares BASIS, in a package of modules.
  const open: (wasm: object) => Promise<Transcoder> = compileFunction(
    `${readFileSync(`${folder}basis_transcoder.js`, 'utf8')}; return BASIS;`,
    ['require', '__dirname', '__filename'],
  )(require, folder, `${folder}basis_transcoder.js`);
  const basis = await open({ wasmBinary: readFileSync(`${folder}basis_transcoder.wasm`) });
  basis.initializeBasis();
  const file = new basis.KTX2File(ktx2);
  const rgba = new Uint8Array(file.getImageTranscodedSizeInBytes(0, 0, 0, RGBA32));
  expect([file.startTranscoding(), file.transcodeImage(rgba, 0, 0, 0, RGBA32, 0, -1, -1)]).toEqual([1, 1]);
  return rgba;
}

describe('a GLB', () => {
  test('without compression is valid, and its morph targets have names', async () => {
    const { bytes, model } = await encodeRendition(source, { ...PLAIN, morphs: 'arkit-52' });
    await expect(bytes).toBeValidGlb();
    expect(model).toEqual({
      triangles: source.surface.indices.length / 3,
      vertices: source.surface.positions.length / 3,
      texture_size: SIZE,
      extensions: [],
      morphs: ['jawOpen', 'tongueOut'],
    });
    const { names, lifts, points } = await decode(bytes);
    expect(names).toEqual(model.morphs);
    points.forEach(([, y], i) => expect(lifts[i]).toBeCloseTo(y > 1e-6 ? 0.02 : 0, 6));
  });

  test('with meshopt and WebP unpacks to the same head, up to quantization', async () => {
    const settings: RenditionSettings = {
      ...PLAIN,
      compression: 'meshopt',
      textures: { size: 512, format: 'webp' },
      morphs: 'arkit-52',
    };
    const { bytes, model } = await encodeRendition(source, settings);
    expect(model.extensions).toEqual([
      'EXT_meshopt_compression',
      'EXT_texture_webp',
      'KHR_mesh_quantization',
    ]);
    const plain = await encodeRendition(source, { ...PLAIN, morphs: 'arkit-52' });
    expect(bytes.length).toBeLessThan(0.6 * plain.bytes.length);
    const { names, points, lifts, triangleCount, image } = await decode(bytes);
    expect(names).toEqual(['jawOpen', 'tongueOut']);
    expect(triangleCount).toBe(model.triangles);
    points.forEach((point, i) => {
      expect(Math.abs(Math.hypot(...point) - 0.1)).toBeLessThan(1e-4);
      if (Math.abs(point[1]) > 1e-3) expect(lifts[i]).toBeCloseTo(point[1] > 0 ? 0.02 : 0, 4);
    });
    expect((await sharp(image).metadata()).format).toBe('webp');
  });

  test('with KTX2 has a texture that a transcoder opens, with its mips and its colors', async () => {
    const settings: RenditionSettings = { ...PLAIN, textures: { size: 512, format: 'ktx2' } };
    const { bytes, model } = await encodeRendition(source, settings);
    expect(model.extensions).toEqual(['KHR_texture_basisu']);
    const { image } = await decode(bytes);
    expect([...image.slice(1, 7)]).toEqual([...Buffer.from('KTX 20')]);
    const view = new DataView(image.buffer, image.byteOffset);
    // Width, height and level count, of KTX 2.0 section 3.
    expect([20, 24, 40].map((at) => view.getUint32(at, true))).toEqual([SIZE, SIZE, 7]);
    const rgba = await transcode(image);
    const at = (row: number) => [...rgba.subarray(4 * (row * SIZE + 32), 4 * (row * SIZE + 32) + 3)];
    for (const [row, color] of [
      [10, [200, 30, 30]],
      [50, [30, 200, 30]],
    ] as const) {
      at(row).forEach((value, k) => expect(Math.abs(value - color[k])).toBeLessThan(12));
    }
  });
});

describe('a USDZ', () => {
  test('is a zip of stored entries at multiples of 64 bytes, the layer first', async () => {
    const { bytes, model, contentType } = await encodeRendition(source, { ...PLAIN, format: 'usdz' });
    expect(contentType).toBe('model/vnd.usdz+zip');
    expect(model.morphs).toEqual([]);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const entries = new Map<string, Uint8Array>();
    let at = 0;
    while (view.getUint32(at, true) === 0x04034b50) {
      const [method, size, nameBytes, extraBytes] = [
        view.getUint16(at + 8, true),
        view.getUint32(at + 18, true),
        view.getUint16(at + 26, true),
        view.getUint16(at + 28, true),
      ];
      const start = at + 30 + nameBytes + extraBytes;
      expect([method, start % 64]).toEqual([0, 0]);
      entries.set(
        Buffer.from(bytes.subarray(at + 30, at + 30 + nameBytes)).toString(),
        bytes.subarray(start, start + size),
      );
      at = start + size;
    }
    expect([...entries.keys()]).toEqual(['head.usda', 'textures/base-color.jpg']);
    const { width } = await sharp(entries.get('textures/base-color.jpg')).metadata();
    expect(width).toBe(SIZE);
    const layer = Buffer.from(entries.get('head.usda') ?? []).toString();
    expect(layer.startsWith('#usda 1.0\n')).toBe(true);
    const count = (name: string, what: RegExp) =>
      layer
        .split('\n')
        .find((line) => line.includes(` ${name} = `))
        ?.match(what)?.length;
    expect(count('points', /\(-?\d/g)).toBe(model.vertices);
    expect(count('primvars:st', /\(-?\d/g)).toBe(model.vertices);
    expect(count('faceVertexCounts', /\b3\b/g)).toBe(model.triangles);
    // The end of the directory says how many entries it has and where it begins.
    const end = bytes.length - 22;
    expect([view.getUint16(end + 10, true), view.getUint32(end + 16, true)]).toEqual([2, at]);
  });
});

test('equal input gives equal bytes', async () => {
  for (const format of ['glb', 'usdz'] as const) {
    const [one, other] = [
      await encodeRendition(source, { ...PLAIN, format }),
      await encodeRendition(makeSource(), { ...PLAIN, format }),
    ];
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(true);
  }
});
