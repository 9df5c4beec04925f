import type { ContactSheetRow } from '../ssd/export/contact-sheet.ts';
import { decodeImage } from '../ssd/export/decode-image.ts';
import type { Classifier } from './classifier/open-classifier.ts';
import type { Cell } from './draw-cells.ts';
import { judgePicture, type Verdict, verdictWords } from './judge-picture.ts';
import { createTally, tallyTable } from './tally.ts';

/** A picture with what a classifier says of it. */
export interface JudgedCell extends Cell {
  readonly verdicts: readonly Verdict[];
  /** The side that the picture seems to show. */
  readonly seenAs: string;
  readonly seemsBad: boolean;
}

/** Judges all pictures. */
export async function judgeCells(cells: readonly Cell[], classifier: Classifier): Promise<JudgedCell[]> {
  const size = classifier.config.imageSize;
  const images = await Promise.all(cells.map(({ png }) => decodeImage(png, size)));
  const judgments = await classifier.judge(images);
  return cells.map((cell, n) => {
    const { traits, asked } = cell.item;
    const wanted = new Map(asked.map((name) => [name, [traits[name]]]));
    const { answers } = judgments[n];
    return {
      ...cell,
      verdicts: judgePicture(judgments[n], { traits, view: cell.view, asked: wanted }),
      seenAs: answers.get('view') ?? '',
      seemsBad: answers.get('defect') === 'yes',
    };
  });
}

const ITEMS_PER_SHEET = 24;

const COLUMNS = ['seen, samples', 'seen, rendered', 'held-out, samples', 'held-out, rendered'] as const;
const LEGIBLE_COLUMNS = ['seen, legible', 'held-out, legible'] as const;

/**
 * Tables and sheets of a teacher's samples beside the data set's own pictures of the same heads.
 *
 * What the classifier does not find in the data set's own picture of a head from one side, it cannot be asked to find in
 * the sample: the columns "legible" count the samples' other attributes.
 */
export function samplesReport(samples: readonly JudgedCell[], rendered: readonly JudgedCell[]) {
  const attributes = createTally();
  const others = createTally();
  const legible = new Set(
    rendered.flatMap(({ item, view, verdicts }) =>
      verdicts.filter(({ right }) => right).map(({ trait }) => keyOf(item.name, view, trait)),
    ),
  );
  for (const [source, cells] of [
    ['samples', samples],
    ['rendered', rendered],
  ] as const) {
    for (const { item, view, verdicts, seenAs, seemsBad } of cells) {
      const column = `${item.combination}, ${source}`;
      for (const { trait, right } of verdicts) {
        attributes.add(trait, column, right);
        if (source === 'samples' && legible.has(keyOf(item.name, view, trait)))
          attributes.add(trait, `${item.combination}, legible`, right);
      }
      others.add(`${view} views that look like one`, column, seenAs === view);
      if (view === 'back') others.add('back views without a face', column, seenAs !== 'front');
      others.add('pictures without a defect', column, !seemsBad);
    }
  }
  const { all: _, ...rest } = others.counts();
  const markdown = [
    'Asked attributes found by the classifier; "rendered" are the data set\'s own pictures of the same heads, "legible" the',
    "samples' attributes that are found in those:\n",
    tallyTable(attributes, [...COLUMNS, ...LEGIBLE_COLUMNS]),
    '',
    tallyTable({ ...others, counts: () => rest }, COLUMNS).replace('attribute', 'picture'),
  ].join('\n');
  return {
    markdown,
    counts: { attributes: attributes.counts(), pictures: rest },
    sheets: sheetsOf(samples),
  };
}

function keyOf(item: string, view: string, trait: string): string {
  return `${item}/${view}/${trait}`;
}

function sheetsOf(cells: readonly JudgedCell[]): ReadonlyMap<string, ContactSheetRow[]> {
  const rows = new Map<string, { label: string; images: Uint8Array[]; captions: string[] }>();
  for (const { item, png, verdicts } of cells) {
    const row = rows.get(item.name) ?? { label: item.prompt, images: [], captions: [] };
    rows.set(item.name, row);
    row.images.push(png);
    row.captions.push(verdictWords(verdicts));
  }
  const sheets = new Map<string, ContactSheetRow[]>();
  for (const [name, row] of rows) {
    const kind = name.replace(/-\d+$/, '');
    const sheet = sheets.get(kind) ?? [];
    sheets.set(kind, sheet);
    if (sheet.length < ITEMS_PER_SHEET) sheet.push(row);
  }
  return sheets;
}
