import { encodePng, toBytes } from './encode-image.ts';

/** Encodes a square picture [size, size, 3] in [0, 1] as PNG, for people who wait. */
export function encodePreview(picture: {
  readonly image: Float32Array;
  readonly size: number;
}): Promise<Uint8Array> {
  return encodePng(toBytes(picture.image), picture.size);
}
