import { z } from 'zod';
import { decodeImage } from '../../ssd/export/decode-image.ts';
import { encodeJpeg, encodePng, toBytes } from '../../ssd/export/encode-image.ts';
import { EVALUATION_VIEWS } from './evaluation-views.ts';
import type { Measure } from './measures.ts';
import { VIEW_SIZE } from './subject.ts';

const SIZE = 160;
const QUALITY = 85;

/** Small JPEG pictures from all sides, base64: kept beside the measures, so that a report needs no renderer. */
export const THUMBNAILS: Measure<readonly string[]> = {
  name: 'thumbnails',
  key: { version: 1, size: SIZE, views: EVALUATION_VIEWS },
  schema: z.array(z.string()),
  async take(subject) {
    const pictures: string[] = [];
    for (const { image } of await subject.views()) {
      const small = await decodeImage(await encodePng(toBytes(image), VIEW_SIZE), SIZE);
      pictures.push(Buffer.from(await encodeJpeg(small, SIZE, QUALITY)).toString('base64'));
    }
    return pictures;
  },
};
