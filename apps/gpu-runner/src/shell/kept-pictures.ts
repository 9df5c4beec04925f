import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImage } from '../ssd/export/decode-image.ts';
import { encodePng } from '../ssd/export/encode-image.ts';
import type { PictureStore } from '../ssd/stages/view-bank/fill-view-bank.ts';
import { writeFileWhole } from './write-file-whole.ts';

/** Keeps the pictures of a refinement as PNG files of a folder, to be found again and to be looked at. */
export function keptPictures(directory: string): PictureStore {
  const pathOf = (name: string): string => join(directory, `${name}.png`);
  return {
    async load(name, size) {
      try {
        return await decodeImage(await readFile(pathOf(name)), size);
      } catch {
        return null; // not there yet, or damaged: painted again
      }
    },
    async save(name, pixels, size) {
      await writeFileWhole(pathOf(name), await encodePng(pixels, size));
    },
  };
}
