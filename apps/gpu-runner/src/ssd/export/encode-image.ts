import sharp, { type Sharp } from 'sharp';

/** Encodes [size, size, 3] sRGB bytes as PNG. */
export async function encodePng(pixels: Uint8Array, size: number): Promise<Uint8Array> {
  return plain(await raw(pixels, size).png().toBuffer());
}

/** Encodes [size, size, 3] sRGB bytes as JPEG without chroma subsampling, which would bleed across charts. */
export async function encodeJpeg(pixels: Uint8Array, size: number, quality: number): Promise<Uint8Array> {
  return plain(await raw(pixels, size).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer());
}

/** Encodes [size, size, 3] sRGB bytes as lossy WebP. */
export async function encodeWebp(pixels: Uint8Array, size: number): Promise<Uint8Array> {
  return plain(await raw(pixels, size).webp({ quality: 90, smartSubsample: true }).toBuffer());
}

/** Halves [size, size, 3] sRGB bytes to [smaller, smaller, 3]; `smaller` divides `size`. */
export async function shrink(pixels: Uint8Array, size: number, smaller: number): Promise<Uint8Array> {
  return plain(await raw(pixels, size).resize(smaller, smaller, { kernel: 'mitchell' }).raw().toBuffer());
}

/**
 * Encodes `frameCount` frames of [size, size, 3] sRGB bytes as an endless animated WebP.
 *
 * Effort 2 of 6: higher ones take up to a hundred times as long for a file that is a tenth smaller.
 */
export async function encodeAnimatedWebp(
  frames: Uint8Array,
  size: number,
  frameCount: number,
  frameMs: number,
): Promise<Uint8Array> {
  const raw = { width: size, height: size * frameCount, channels: 3, pageHeight: size } as const;
  const delay = Array.from({ length: frameCount }, () => frameMs);
  return plain(await sharp(frames, { raw }).webp({ quality: 80, effort: 2, loop: 0, delay }).toBuffer());
}

/** Picture values in [0, 1] as bytes. */
export function toBytes(image: Float32Array): Uint8Array {
  const bytes = new Uint8Array(image.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(255 * Math.min(Math.max(image[i], 0), 1));
  return bytes;
}

function raw(pixels: Uint8Array, size: number): Sharp {
  if (pixels.length !== size * size * 3)
    throw new Error(`encodeImage: expected ${size * size * 3} bytes, got ${pixels.length}`);
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } });
}

/** A Buffer may be a window of a shared pool; files go on as arrays of their own. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer);
}
