import { WebIO } from '@gltf-transform/core';
import { decodeImage } from './decode-image.ts';
import { HEAD_HEIGHT_METERS } from './head-height.ts';
import type { TexturedHead } from './textured-head.ts';

/**
 * Reads a head.glb that `exportHead` wrote back into world units; `origin` is the world point that became the file's
 * origin. Anything but one triangle mesh with normals, texture coordinates and a square base color is refused.
 */
export async function readGlb(
  bytes: Uint8Array,
  origin: readonly [number, number, number],
): Promise<TexturedHead> {
  const document = await new WebIO().readBinary(bytes);
  const [mesh, ...others] = document.getRoot().listMeshes();
  const primitives = mesh?.listPrimitives() ?? [];
  if (others.length > 0 || primitives.length !== 1) {
    throw new Error(
      `readGlb: expected one mesh of one part, got ${others.length + 1} of ${primitives.length}`,
    );
  }
  const [primitive] = primitives;
  const floats = (name: string): Float32Array => {
    const values = primitive.getAttribute(name)?.getArray();
    if (!(values instanceof Float32Array)) throw new Error(`readGlb: expected ${name} of float32, got none`);
    return values;
  };
  const indices = primitive.getIndices()?.getArray();
  if (!indices) throw new Error('readGlb: expected indices, got none');
  const texture = primitive.getMaterial()?.getBaseColorTexture();
  const [image, size] = [texture?.getImage(), texture?.getSize()];
  if (!image || !size || size[0] !== size[1]) {
    throw new Error(`readGlb: expected a square base color, got ${size?.join('×') ?? 'none'}`);
  }
  const pixels = await decodeImage(image, size[0]);
  return {
    mesh: {
      positions: floats('POSITION').map((value, i) => value / HEAD_HEIGHT_METERS + origin[i % 3]),
      indices: Uint32Array.from(indices),
    },
    normals: floats('NORMAL'),
    uvs: floats('TEXCOORD_0'),
    texture: { data: Float32Array.from(pixels, (byte) => byte / 255), width: size[0], height: size[1] },
  };
}
