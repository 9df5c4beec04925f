import type { Rendition } from '@headwright/shared/renditions';
import { type EncodedRendition, encodeRendition } from '../../ssd/export/encode-rendition.ts';
import { encodePng } from '../../ssd/export/encode-image.ts';
import { writeGlb } from '../../ssd/export/write-glb.ts';
import type { MadeHead } from '../serve-engine.ts';

const PICTURE_SIZE = 64;
const SKIN = [214, 178, 156];

/** The one color of a picture that `judgeScripted` refuses. */
const REFUSED_COLOR = [255, 0, 255];

/** Half axes of the egg, meters, and how it is cut. */
const HALF_AXES_METERS = [0.08, 0.12, 0.1];
const RING_COUNT = 12;
const SPOKE_COUNT = 24;

/** Size of the stand-in for a state, bytes: it holds nothing. */
const STATE_BYTES = 16;

/** A picture of one color; `isRefused` makes it one that does not pass the check of test mode. */
export function cannedPicture(isRefused: boolean): Promise<Uint8Array> {
  const color = isRefused ? REFUSED_COLOR : SKIN;
  const pixels = Uint8Array.from({ length: 3 * PICTURE_SIZE ** 2 }, (_, i) => color[i % 3]);
  return encodePng(pixels, PICTURE_SIZE);
}

/** Test mode's judge of pictures: 1 for exactly the picture that asks to be refused. */
export async function judgeScripted(picture: Uint8Array): Promise<number> {
  return Buffer.from(picture).equals(Buffer.from(await cannedPicture(true))) ? 1 : 0;
}

/** The files of every head of test mode: an egg that any viewer loads. */
export async function makeCannedHead(isRefused: boolean): Promise<MadeHead> {
  const picture = await cannedPicture(isRefused);
  const { positions, normals, uvs, indices } = egg();
  const baseColor = { bytes: await cannedPicture(false), mimeType: 'image/png' as const };
  const glb = await writeGlb({ positions, normals, uvs, indices, baseColor });
  const png = { bytes: picture, contentType: 'image/png' };
  return {
    files: new Map([
      ['head.glb', { bytes: glb, contentType: 'model/gltf-binary' }],
      ['preview.png', png],
      ['views/front.png', png],
      ['head.state', { bytes: new Uint8Array(STATE_BYTES), contentType: 'application/octet-stream' }],
    ]),
    warnings: [],
  };
}

/** The files of an export of test mode: the same egg, in the forms that are asked for. */
export async function makeCannedRenditions(renditions: readonly Rendition[]): Promise<MadeHead['files']> {
  const surface = { ...egg(), morphs: [] };
  const pixels = Uint8Array.from({ length: 3 * PICTURE_SIZE ** 2 }, (_, i) => SKIN[i % 3]);
  const files = new Map<string, EncodedRendition>();
  for (const { name, settings } of renditions) {
    files.set(name, await encodeRendition({ surface, pixels, size: PICTURE_SIZE }, settings));
  }
  return files;
}

/** Rings of a sphere, stretched; the seam has its own column of vertices. */
function egg() {
  const positions: number[] = [];
  const normals: number[] = [];
  const uvs: number[] = [];
  const indices: number[] = [];
  for (let ring = 0; ring <= RING_COUNT; ring++) {
    for (let spoke = 0; spoke <= SPOKE_COUNT; spoke++) {
      const polarRad = (Math.PI * ring) / RING_COUNT;
      const azimuthRad = (2 * Math.PI * spoke) / SPOKE_COUNT;
      const around = Math.sin(polarRad);
      const unit = [around * Math.sin(azimuthRad), Math.cos(polarRad), around * Math.cos(azimuthRad)];
      const tilted = unit.map((value, axis) => value / HALF_AXES_METERS[axis]);
      const length = Math.hypot(...tilted);
      positions.push(...unit.map((value, axis) => value * HALF_AXES_METERS[axis]));
      normals.push(...tilted.map((value) => value / length));
      uvs.push(spoke / SPOKE_COUNT, ring / RING_COUNT);
    }
  }
  const at = (ring: number, spoke: number): number => ring * (SPOKE_COUNT + 1) + spoke;
  for (let ring = 0; ring < RING_COUNT; ring++) {
    for (let spoke = 0; spoke < SPOKE_COUNT; spoke++) {
      const [a, b] = [at(ring, spoke), at(ring, spoke + 1)];
      const [c, d] = [at(ring + 1, spoke), at(ring + 1, spoke + 1)];
      // At the poles one of the two triangles has no area.
      if (ring > 0) indices.push(a, d, b);
      if (ring < RING_COUNT - 1) indices.push(a, c, d);
    }
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    uvs: Float32Array.from(uvs),
    indices: Uint32Array.from(indices),
  };
}
