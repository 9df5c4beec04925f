import { NodeBasisEncoder } from 'ktx2-encoder';

/** Larger pictures are beyond the encoder's memory. */
const SIZE_MAX = 2048;

/** Of 255: what a face's gradients need; at 128 cheeks are blotchy. */
const QUALITY = 200;

let encoder: Promise<NodeBasisEncoder> | undefined;

/**
 * Encodes [size, size, 3] sRGB bytes as KTX2 (Basis Universal ETC1S) with all mip levels.
 *
 * References: KTX 2.0 (Khronos); KHR_texture_basisu.
 */
export async function encodeKtx2(pixels: Uint8Array, size: number): Promise<Uint8Array> {
  if (pixels.length !== size * size * 3 || size > SIZE_MAX || size % 4 !== 0)
    throw new Error(
      `encodeKtx2: expected 3 bytes for each of ${size}² texels, a multiple of 4 up to ${SIZE_MAX}, got ${pixels.length}`,
    );
  encoder ??= openQuietly();
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let i = 0; i < size * size; i++) data.set(pixels.subarray(3 * i, 3 * i + 3), 4 * i);
  return (await encoder).encode(pixels, {
    imageDecoder: async () => ({ width: size, height: size, data }),
    isUASTC: false,
    generateMipmap: true,
    isSetKTX2SRGBTransferFunc: true,
    isPerceptual: true,
    qualityLevel: QUALITY,
    compressionLevel: 1,
  });
}

/** The encoder tells its whole configuration, once a picture, to whatever `console.log` is while it opens. */
async function openQuietly(): Promise<NodeBasisEncoder> {
  const opened = new NodeBasisEncoder();
  const { log } = console;
  console.log = () => {};
  try {
    await opened.init();
  } finally {
    console.log = log;
  }
  return opened;
}
