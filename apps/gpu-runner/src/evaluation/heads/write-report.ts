import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slugOf } from '../../shell/slug-of.ts';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { composeContactSheet } from '../../ssd/export/contact-sheet.ts';
import { type RatedHead, ratingPage } from '../user-study/rating-page.ts';
import type { RatingKey } from '../user-study/tally-ratings.ts';
import { cellFacts, type ReportHead, reportHtml } from './report-html.ts';
import { tableMarkdown } from './report-table.ts';
import { type CellResult, summaryTables } from './summary-tables.ts';

const TITLES = { own: 'Prompts', paper: 'The ten prompts of the paper' } as const;
const SHEET_CELL = 128;

/** A report's files in `directory`: report.html, report.md, report.json, a contact sheet a prompt, and the user study. */
export async function writeReport(
  directory: string,
  head: ReportHead,
  results: readonly CellResult[],
): Promise<string> {
  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFileWhole(
      join(directory, name),
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    );
  const sections = (['own', 'paper'] as const).flatMap((set) => {
    const own = results.filter(({ cell }) => cell.set === set);
    return own.length === 0 ? [] : [{ title: TITLES[set], tables: summaryTables(own), results: own }];
  });
  const markdown = sections
    .flatMap(({ title, tables }) => [
      ...(sections.length > 1 ? [`### ${title}`] : []),
      ...tables.map(tableMarkdown),
    ])
    .join('\n\n');
  await write('report.html', reportHtml(head, sections));
  await write('report.md', `${markdown}\n`);
  await write('report.json', `${JSON.stringify(results.map(plain), null, 1)}\n`);
  for (const [name, sheet] of await contactSheets(results)) await write(name, sheet);
  const { page, key } = userStudy(results);
  await write('rating.html', page);
  await write('rating-key.json', `${JSON.stringify(key, null, 1)}\n`);
  return markdown;
}

/** A result without its pictures. */
function plain({ cell, made, failure }: CellResult): object {
  const { variant, prompt, set, seed, samples, digest } = cell;
  const measured = made && {
    seconds: made.seconds,
    sideIou: made.sideIou,
    ...made.measures,
    thumbnails: undefined,
  };
  return { variant: variant.name, prompt, set, seed, samples, digest, failure, measured };
}

async function contactSheets(results: readonly CellResult[]): Promise<Map<string, Uint8Array>> {
  const sheets = new Map<string, Uint8Array>();
  for (const prompt of new Set(results.map(({ cell }) => cell.prompt))) {
    const rows = results.flatMap(({ cell, made }) => {
      const pictures = made?.measures.thumbnails ?? [];
      if (cell.prompt !== prompt || made === null || pictures.length === 0) return [];
      const images = pictures.map((picture) => new Uint8Array(Buffer.from(picture, 'base64')));
      return [{ label: `${cell.variant.title}, seed ${cell.seed}: ${cellFacts(made)}`, images }];
    });
    if (rows.length > 0)
      sheets.set(`sheet-${slugOf(prompt)}.png`, await composeContactSheet(rows, SHEET_CELL));
  }
  return sheets;
}

/** The heads of all methods, ablations left out: participants are to compare methods. */
function userStudy(results: readonly CellResult[]): { page: string; key: RatingKey } {
  const heads: RatedHead[] = [];
  const key: RatingKey['heads'] = {};
  for (const { cell, made } of results) {
    const path = made && join(made.directory, 'turntable.webp');
    if (cell.variant.kind !== 'method' || path === null || !existsSync(path)) continue;
    heads.push({ id: cell.digest, prompt: cell.prompt, turntable: new Uint8Array(readFileSync(path)) });
    key[cell.digest] = { variant: cell.variant.title, prompt: cell.prompt, seed: cell.seed };
  }
  return { page: ratingPage(heads), key: { format: 'headwright-rating-key/1', heads: key } };
}
