import sharp from 'sharp';

/** Decodes a picture in any common format as [size, size, 3] sRGB bytes, scaled to that side, on white where it is clear. */
export async function decodeImage(encoded: Uint8Array, size: number): Promise<Uint8Array> {
  const { data } = await sharp(encoded)
    .flatten({ background: 'white' })
    .resize(size, size, { fit: 'fill' })
    .toColorspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}
