import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { decodeImage } from '../../ssd/export/decode-image.ts';
import { encodePng, toBytes } from '../../ssd/export/encode-image.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';

/** How a CLIP model wants its pictures. */
export interface ClipPictures {
  /** Side in pixels. */
  readonly size: number;
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

const Triple = z.tuple([z.number(), z.number(), z.number()]);
const Side = z.union([
  z.int().positive(),
  z.looseObject({ height: z.int().positive() }).transform(({ height }) => height),
]);
const Preprocessor = z.looseObject({
  crop_size: Side.default(224),
  image_mean: Triple,
  image_std: Triple,
});

/** Those of OpenAI's models, which most others share. */
const OPENAI: ClipPictures = {
  size: 224,
  mean: [0.48145466, 0.4578275, 0.40821073],
  deviation: [0.26862954, 0.26130258, 0.27577711],
};

/** Reads preprocessor_config.json of a folder; without one pictures are as OpenAI's models want them. */
export function readClipPictures(directory: string): ClipPictures {
  const path = join(directory, 'preprocessor_config.json');
  if (!existsSync(path)) return OPENAI;
  const { crop_size: size, image_mean: mean, image_std: deviation } = parseJsonFile(Preprocessor, path);
  return { size, mean, deviation };
}

/** A square picture [S, S, 3] in [0, 1] as the model takes it: [3, size, size], standardized. */
export async function clipPlanes(
  image: Float32Array,
  { size, mean, deviation }: ClipPictures,
): Promise<Float32Array> {
  const pixels = await decodeImage(await encodePng(toBytes(image), Math.sqrt(image.length / 3)), size);
  const planes = new Float32Array(3 * size * size);
  for (let p = 0; p < size * size; p++) {
    for (let c = 0; c < 3; c++) {
      planes[c * size * size + p] = (pixels[3 * p + c] / 255 - mean[c]) / deviation[c];
    }
  }
  return planes;
}
