import { composeContactSheet, type ContactSheetRow } from '../../ssd/export/contact-sheet.ts';
import { encodePng } from '../../ssd/export/encode-image.ts';
import { openDataset } from './open-dataset.ts';

const ROWS = 10;
const COLUMNS = 9;
const CELL_SIZE = 160;

/** Draws the first pictures of a data set with their captions as PNG bytes: a row a person. */
export async function drawDatasetSheet(directory: string): Promise<Uint8Array> {
  const dataset = openDataset(directory, { unfinished: true });
  try {
    const rows = new Map<number, number[]>();
    for (const [n, { identity }] of dataset.examples.entries()) {
      const row = rows.get(identity) ?? [];
      if (rows.size === ROWS && !rows.has(identity)) break;
      if (row.length < COLUMNS) rows.set(identity, [...row, n]);
    }
    return await composeContactSheet(
      await Promise.all(
        Array.from(
          rows,
          async ([identity, numbers]): Promise<ContactSheetRow> => ({
            label: `person ${identity}`,
            images: await Promise.all(
              numbers.map((n) => encodePng(dataset.image(n), dataset.info.imageSize)),
            ),
            captions: numbers.map((n) => dataset.examples[n].caption),
          }),
        ),
      ),
      CELL_SIZE,
    );
  } finally {
    dataset.close();
  }
}
