import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptPictures } from './kept-pictures.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwright-pictures-'));
});
afterEach(() => rm(folder, { recursive: true }));

const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (37 * i) % 256);

test('a kept picture comes back byte for byte, and lies there whole as a PNG', async () => {
  const pictures = keptPictures(join(folder, 'painted'));
  expect(await pictures.load('front', 8)).toBeNull();
  await pictures.save('front', pixels, 8);
  expect(await pictures.load('front', 8)).toEqual(pixels);
  expect(await readdir(join(folder, 'painted'))).toEqual(['front.png']);
});

test('a damaged picture is none', async () => {
  await writeFile(join(folder, 'front.png'), 'no picture');
  expect(await keptPictures(folder).load('front', 8)).toBeNull();
});
