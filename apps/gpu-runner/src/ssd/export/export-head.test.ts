import { createHash } from 'node:crypto';
import { WebIO } from '@gltf-transform/core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../../../../test/matchers.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { CLEAN_MESH_DEFAULTS } from './clean-mesh.ts';
import { type ExportedHead, exportHead } from './export-head.ts';
import { HEAD_HEIGHT_METERS } from './head-height.ts';

/** Head-sized, a nose on +Z, and a neck that ends flat at y = −0.8, off center at z = −0.1. */
function headLike() {
  const ball = createBall(32, (_x, _y, z) => 0.5 * (1 + 0.25 * Math.max(0, z) ** 40));
  const positions = ball.positions.slice();
  for (let i = 0; i < positions.length; i += 3) {
    const down = Math.max(0, -positions[i + 1] - 0.3);
    positions[i + 1] = Math.max(positions[i + 1] - 3 * down, -0.8);
    positions[i + 2] -= down > 0 ? Math.min(0.1, down) : 0;
  }
  return { positions, indices: ball.indices };
}

/** Red on the subject's left, green on its right; brighter upward. */
async function colorAt(points: Float32Array): Promise<Float32Array> {
  return points.map((_, i) => {
    const at = i - (i % 3);
    const bright = 0.5 + 0.3 * points[at + 1];
    if (i % 3 === 0) return points[at] > 0 ? bright : 0;
    return i % 3 === 1 && points[at] <= 0 ? bright : 0;
  });
}

const mesh = headLike();
const input = {
  mesh,
  colorAt,
  extras: { prompt: 'a test head' },
  cleaning: { ...CLEAN_MESH_DEFAULTS, triangleBudget: 3000 },
  textureSize: 256,
};
let exported: ExportedHead;
beforeAll(async () => {
  exported = await exportHead(input);
});

describe('exportHead', () => {
  it('makes a valid GLB and every picture', async () => {
    expect([...exported.files.keys()]).toEqual([
      'head.glb',
      'preview.png',
      'turntable.webp',
      ...['front', 'left', 'right', 'back'].flatMap((name) => [
        `views/${name}.png`,
        `views/normal-${name}.png`,
      ]),
    ]);
    await expect(file('head.glb')).toBeValidGlb();
    const turntable = await sharp(file('turntable.webp')).metadata();
    expect([turntable.format, turntable.width, turntable.pages, turntable.loop]).toEqual([
      'webp',
      384,
      40,
      0,
    ]);
    for (const [name, bytes] of exported.files) {
      if (!name.endsWith('.png')) continue;
      const { format, width, height } = await sharp(bytes).metadata();
      expect([format, width, height]).toEqual(['png', 512, 512]);
    }
  });

  it('is life-size in meters: the neck base at the origin, up +Y, the nose at +Z', async () => {
    const { positions } = await readGlb();
    const [x, y, z] = [0, 1, 2].map((axis) => positions.filter((_, i) => i % 3 === axis));
    // The mesh reaches from −0.8 to 0.5; decimation moves the extremes by less than a hundredth.
    expect(Math.min(...y)).toBeCloseTo(0, 6);
    expect(Math.max(...y)).toBeCloseTo(1.3 * HEAD_HEIGHT_METERS, 2);
    expect(Math.max(...x)).toBeCloseTo(-Math.min(...x), 2);
    // The neck's middle lies 0.09 behind the head's: the nose is 0.625 + 0.09 in front of it, the skull 0.41 behind.
    expect(Math.max(...z)).toBeCloseTo(0.715 * HEAD_HEIGHT_METERS, 2);
    expect(Math.min(...z)).toBeCloseTo(-0.41 * HEAD_HEIGHT_METERS, 2);
  });

  it('stores at each vertex the color of its place', async () => {
    const { positions, uvs, image } = await readGlb();
    const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
    let checked = 0;
    for (let v = 0; v < uvs.length / 2; v++) {
      // Beside the seam of the two colors a texel may lie on the other side.
      if (Math.abs(positions[3 * v]) < 0.02) continue;
      const x = Math.min(Math.floor(uvs[2 * v] * info.width), info.width - 1);
      const y = Math.min(Math.floor(uvs[2 * v + 1] * info.height), info.height - 1);
      const [red, green] = data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 2);
      const bright = 255 * (0.5 + 0.3 * (positions[3 * v + 1] / HEAD_HEIGHT_METERS - 0.8));
      const [lit, dark] = positions[3 * v] > 0 ? [red, green] : [green, red];
      // Half a texel of the gradient, and JPEG.
      expect(Math.abs(lit - bright)).toBeLessThan(12);
      expect(dark).toBeLessThan(30);
      checked++;
    }
    expect(checked).toBeGreaterThan(1000);
  });

  it('shows the right sides in its views', async () => {
    const pixel = async (name: string, x: number, y: number): Promise<number[]> => {
      const { data } = await sharp(file(`views/${name}.png`))
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [...data.subarray(3 * (512 * y + x), 3 * (512 * y + x) + 3)];
    };
    // From the front the subject's left is on the picture's right.
    expect((await pixel('front', 330, 240))[0]).toBeGreaterThan(100);
    expect((await pixel('front', 180, 240))[1]).toBeGreaterThan(100);
    expect((await pixel('back', 330, 240))[1]).toBeGreaterThan(100);
    expect((await pixel('left', 256, 240))[0]).toBeGreaterThan(100);
    expect((await pixel('right', 256, 240))[1]).toBeGreaterThan(100);
    expect(await pixel('front', 5, 5)).toEqual([255, 255, 255]);
    // World normals: the left side points along +X, the background is black.
    expect((await pixel('normal-left', 256, 240))[0]).toBeGreaterThan(240);
    expect((await pixel('normal-right', 256, 240))[0]).toBeLessThan(15);
    expect(await pixel('normal-front', 5, 5)).toEqual([0, 0, 0]);
  });

  it('counts what it made', () => {
    const { triangleCount, vertexCount, chartCount, textureCoverage } = exported.stats;
    expect(triangleCount).toBeLessThanOrEqual(3000);
    expect(vertexCount).toBeGreaterThan(triangleCount / 2);
    expect(chartCount).toBeGreaterThan(1);
    expect(textureCoverage).toBeGreaterThan(0.3);
  });

  it('carries the texture along with a deformation: the same picture, on points that have moved', async () => {
    // The upper half turns up, as a lip does; it bends around y = 0.
    const displace = (points: Float32Array): Float32Array =>
      points.map((value, i) => (i % 3 === 1 ? value + Math.max(0, value) ** 2 : value));
    const { files, stats } = await exportHead({ ...input, displace, turntableFrames: 1 });
    const [base, edited] = [await readGlb(), await readGlb(files)];
    expect(Buffer.compare(Buffer.from(edited.image), Buffer.from(base.image))).toBe(0);
    expect(stats.triangleCount).toBeGreaterThan(exported.stats.triangleCount);
    // Vertices of the base come first and keep their texture coordinates.
    expect(edited.uvs.slice(0, base.uvs.length)).toEqual(base.uvs);
    for (let i = 1; i < base.positions.length; i += 3) {
      const y = base.positions[i] / HEAD_HEIGHT_METERS - 0.8;
      const moved = HEAD_HEIGHT_METERS * (y + Math.max(0, y) ** 2 + 0.8);
      // glTF stores the base's float32 meters, from which y is taken back here.
      expect(edited.positions[i]).toBeCloseTo(moved, 5);
    }
  });

  it('gives the same bytes again', async () => {
    const again = await exportHead(input);
    const digests = ({ files }: ExportedHead): string[] =>
      [...files].map(([name, bytes]) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`);
    expect(digests(again)).toEqual(digests(exported));
  });
});

function file(name: string, files = exported.files): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`expected ${name}, got ${[...files.keys()].join()}`);
  return bytes;
}

async function readGlb(files = exported.files) {
  const root = (await new WebIO().readBinary(file('head.glb', files))).getRoot();
  const [primitive] = root.listMeshes()[0].listPrimitives();
  const image = root.listTextures()[0].getImage();
  if (!image) throw new Error('expected a texture, got none');
  const numbers = (name: string): number[] => [...(primitive.getAttribute(name)?.getArray() ?? [])];
  return { positions: numbers('POSITION'), uvs: numbers('TEXCOORD_0'), image };
}
