import sharp from 'sharp';

/** One line of a contact sheet. */
export interface ContactSheetRow {
  readonly label: string;
  /** Encoded pictures in any format that sharp reads, left to right. */
  readonly images: readonly Uint8Array[];
}

const LABEL_HEIGHT = 22;

/**
 * Composes labeled rows of square pictures into one PNG on white, each label above its row.
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
  const rowHeight = cellSize + LABEL_HEIGHT;
  const pictures = rows.flatMap(({ images }, row) =>
    images.map(async (image, column) => ({
      input: await sharp(image).resize(cellSize, cellSize, { fit: 'fill' }).png().toBuffer(),
      left: column * cellSize,
      top: row * rowHeight + LABEL_HEIGHT,
    })),
  );
  const labels = rows.map(({ label }, row) => ({
    input: labelPicture(label, width),
    left: 0,
    top: row * rowHeight,
  }));
  const sheet = sharp({
    create: { width, height: rows.length * rowHeight, channels: 3, background: 'white' },
  });
  return new Uint8Array(
    await sheet
      .composite([...labels, ...(await Promise.all(pictures))])
      .png()
      .toBuffer(),
  );
}

function labelPicture(label: string, width: number): Buffer {
  const text = label.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${LABEL_HEIGHT}">` +
      `<text x="6" y="16" font-family="sans-serif" font-size="14" fill="#222">${text}</text></svg>`,
  );
}
