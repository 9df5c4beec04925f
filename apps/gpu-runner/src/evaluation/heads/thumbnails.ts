import { z } from 'zod';
import { encodeJpeg, toBytes } from '../../ssd/export/encode-image.ts';
import { EVALUATION_VIEWS } from './evaluation-views.ts';
import type { Measure } from './measures.ts';
import { type HeadPictures, renderHead } from './render-head.ts';

const PICTURES: HeadPictures = { size: 160, lighting: 'soft', distanceFactor: 0.9 };
const QUALITY = 85;

/** Small JPEG pictures from all sides, base64: kept beside the measures, so that a report needs no renderer. */
export const THUMBNAILS: Measure<readonly string[]> = {
  name: 'thumbnails',
  key: { version: 2, pictures: PICTURES, views: EVALUATION_VIEWS },
  schema: z.array(z.string()),
  async take(subject) {
    const pictures: string[] = [];
    for (const { image } of renderHead(await subject.head(), PICTURES)) {
      const jpeg = await encodeJpeg(toBytes(image), PICTURES.size, QUALITY);
      pictures.push(Buffer.from(jpeg).toString('base64'));
    }
    return pictures;
  },
};
