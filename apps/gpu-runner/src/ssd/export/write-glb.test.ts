import { WebIO } from '@gltf-transform/core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../../../../test/matchers.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { encodeJpeg } from './encode-image.ts';
import { type GlbContent, writeGlb } from './write-glb.ts';

/** A ball with its directions as normals and a flat, stretched atlas. */
async function content(segments: number): Promise<GlbContent> {
  const { positions, indices } = createBall(segments, () => 0.5);
  return {
    positions,
    normals: positions.map((value) => 2 * value),
    uvs: Float32Array.from({ length: (positions.length / 3) * 2 }, (_, i) => ((i * 7) % 11) / 10),
    indices,
    baseColor: {
      bytes: await encodeJpeg(new Uint8Array(8 * 8 * 3).fill(120), 8, 92),
      mimeType: 'image/jpeg',
    },
    extras: { prompt: 'a "quoted" prompt & ünïcode', seed: 7 },
  };
}

let ball: GlbContent;
beforeAll(async () => {
  ball = await content(6);
});

describe('writeGlb', () => {
  it('gives a file in which the Khronos validator finds nothing', async () => {
    await expect(await writeGlb(ball)).toBeValidGlb();
  });

  it('gives back what went in', async () => {
    const bytes = await writeGlb(ball);
    const root = (await new WebIO().readBinary(bytes)).getRoot();
    const primitive = root.listMeshes()[0].listPrimitives()[0];
    expect(primitive.getAttribute('POSITION')?.getArray()).toEqual(ball.positions);
    expect(primitive.getAttribute('NORMAL')?.getArray()).toEqual(ball.normals);
    expect(primitive.getAttribute('TEXCOORD_0')?.getArray()).toEqual(ball.uvs);
    expect(primitive.getIndices()?.getArray()).toEqual(Uint16Array.from(ball.indices));
    const material = primitive.getMaterial();
    expect(material?.getMetallicFactor()).toBe(0);
    expect(material?.getBaseColorTexture()?.getImage()).toEqual(ball.baseColor.bytes);
    // The library's reader puts its own name here; the file has ours.
    const { asset } = (await new WebIO().binaryToJSON(bytes)).json;
    expect(asset).toEqual({ version: '2.0', generator: 'Headwright', extras: ball.extras });
  });

  it('takes 32-bit indices where 16 bits are too few', async () => {
    const large = await content(105);
    const bytes = await writeGlb(large);
    await expect(bytes).toBeValidGlb();
    const [mesh] = (await new WebIO().readBinary(bytes)).getRoot().listMeshes();
    expect(mesh.listPrimitives()[0].getIndices()?.getArray()).toEqual(large.indices);
  });

  it('gives the same bytes again, and reads views of larger arrays correctly', async () => {
    const bytes = await writeGlb(ball);
    const shared = new Float32Array(ball.positions.length + 8);
    shared.set(ball.positions, 5);
    const view = shared.subarray(5, 5 + ball.positions.length);
    expect(await writeGlb({ ...ball, positions: view })).toEqual(bytes);
  });

  it('refuses arrays of different lengths', async () => {
    await expect(writeGlb({ ...ball, normals: new Float32Array(3) })).rejects.toThrow('writeGlb: expected');
  });
});
