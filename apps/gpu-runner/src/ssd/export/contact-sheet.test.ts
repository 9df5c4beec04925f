import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { composeContactSheet } from './contact-sheet.ts';
import { encodePng } from './encode-image.ts';

describe('composeContactSheet', () => {
  it('puts every picture in its cell below the label of its row', async () => {
    const flat = (red: number, size: number): Promise<Uint8Array> =>
      encodePng(
        new Uint8Array(size * size * 3).map((_, i) => (i % 3 === 0 ? red : 0)),
        size,
      );
    const sheet = await composeContactSheet(
      [
        { label: 'a <b> &', images: [await flat(50, 8), await flat(100, 16)] },
        { label: 'second', images: [await flat(150, 8)] },
      ],
      40,
    );
    const { data, info } = await sharp(sheet).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([80, 2 * 62]);
    const at = (x: number, y: number): number[] => [...data.subarray(3 * (80 * y + x), 3 * (80 * y + x) + 3)];
    expect([at(20, 42), at(60, 42), at(20, 104), at(60, 104)]).toEqual([
      [50, 0, 0],
      [100, 0, 0],
      [150, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('makes room below a row for the longest of its captions', async () => {
    const black = await encodePng(new Uint8Array(8 * 8 * 3), 8);
    const rows = [
      { label: '', images: [black, black], captions: ['one', 'many words that need some lines'] },
    ];
    const { data, info } = await sharp(await composeContactSheet(rows, 40))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const inkBelow = (left: number, top: number, bottom: number): number => {
      let ink = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < left + 40; x++) ink += 255 - data[3 * (80 * y + x)];
      }
      return ink;
    };
    expect(info.height).toBeGreaterThan(62 + 3 * 12);
    expect(inkBelow(0, 62, 74)).toBeGreaterThan(0);
    expect(inkBelow(0, 74, info.height)).toBe(0);
    expect(inkBelow(40, info.height - 12, info.height)).toBeGreaterThan(0);
  });

  it('refuses a sheet without pictures', async () => {
    await expect(composeContactSheet([{ label: 'empty', images: [] }], 40)).rejects.toThrow(
      'at least one picture',
    );
  });
});
