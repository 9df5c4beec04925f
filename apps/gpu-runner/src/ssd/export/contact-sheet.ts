import sharp, { type OverlayOptions } from 'sharp';

/** One line of a contact sheet. */
export interface ContactSheetRow {
  readonly label: string;
  /** Encoded pictures in any format that sharp reads, left to right. */
  readonly images: readonly Uint8Array[];
  /** Smaller text below each picture, wrapped to its width. */
  readonly captions?: readonly string[];
}

const LABEL_HEIGHT = 22;
const CAPTION_LINE_HEIGHT = 12;
const LABEL_FONT_SIZE = 14;
const CAPTION_FONT_SIZE = 10;
/** Width of most letters over their font size, a little too large to be safe. */
const LETTER_WIDTH = 0.56;

/**
 * Composes labeled rows of square pictures into one PNG on white, each label above its row and each caption below
 * its picture.
 *
 * `cellSize` is the side of a picture on the sheet, pixels. Labels need a sans-serif font on the machine.
 */
export async function composeContactSheet(
  rows: readonly ContactSheetRow[],
  cellSize: number,
): Promise<Uint8Array> {
  const columnCount = Math.max(0, ...rows.map((row) => row.images.length));
  if (columnCount === 0) throw new Error('composeContactSheet: expected at least one picture, got none');
  const width = columnCount * cellSize;
  const layers: Promise<OverlayOptions>[] = [];
  let top = 0;
  for (const { label, images, captions = [] } of rows) {
    const labelLines = wrapText(label, width, LABEL_FONT_SIZE);
    const labelHeight = labelLines.length * LABEL_HEIGHT;
    layers.push(layer(textPicture(labelLines, width, labelHeight, LABEL_FONT_SIZE), 0, top));
    top += labelHeight;
    for (const [column, image] of images.entries()) {
      const picture = sharp(image).resize(cellSize, cellSize, { fit: 'fill' }).png().toBuffer();
      layers.push(layer(picture, column * cellSize, top));
    }
    top += cellSize;
    const lines = captions.map((caption) => wrapText(caption, cellSize, CAPTION_FONT_SIZE));
    const captionHeight = Math.max(0, ...lines.map((each) => each.length)) * CAPTION_LINE_HEIGHT;
    for (const [column, each] of lines.entries()) {
      const text = textPicture(each, cellSize, each.length * CAPTION_LINE_HEIGHT, CAPTION_FONT_SIZE);
      layers.push(layer(text, column * cellSize, top));
    }
    top += captionHeight;
  }
  const sheet = sharp({
    create: { width, height: top, channels: 3, background: 'white' },
  });
  return new Uint8Array(
    await sheet
      .composite(await Promise.all(layers))
      .png()
      .toBuffer(),
  );
}

async function layer(picture: Buffer | Promise<Buffer>, left: number, top: number): Promise<OverlayOptions> {
  return { input: await picture, left, top };
}

/** Lines of text as a transparent picture. */
function textPicture(lines: readonly string[], width: number, height: number, fontSize: number): Buffer {
  const lineHeight = height / lines.length;
  const texts = lines.map((line, i) => {
    const text = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const y = (i + 0.73) * lineHeight;
    return `<text x="6" y="${y}" font-family="sans-serif" font-size="${fontSize}" fill="#222">${text}</text>`;
  });
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${texts.join('')}</svg>`,
  );
}

/** Breaks a text between words into at least one line; a word that is longer than a line stays whole. */
function wrapText(text: string, widthPx: number, fontSize: number): string[] {
  const lettersPerLine = (widthPx - 12) / (fontSize * LETTER_WIDTH);
  const [first = '', ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (longer.length <= lettersPerLine) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
