import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { formatProgress } from '../../shell/progress-line.ts';
import { createStatusLine } from '../../shell/status-line.ts';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { generateHead } from '../../ssd/generate-head.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { fillDocs } from '../fill-docs.ts';
import { RatingKey, ratingsTable, tallyRatings } from '../user-study/tally-ratings.ts';
import { openCellStore } from './cell-store.ts';
import { collectResults } from './collect-results.ts';
import { HEADS_HELP, type HeadsOptions, readHeadsOptions } from './command-options.ts';
import { type CellEngine, makeCell } from './make-cell.ts';
import { type Bench, openBench } from './open-bench.ts';
import { type Cell, planCells } from './plan-cells.ts';
import { tableMarkdown } from './report-table.ts';
import { runCells } from './run-cells.ts';
import { openSubject } from './subject.ts';
import type { CellResult } from './summary-tables.ts';
import { bestFactors, GUIDANCE_FACTORS, TUNING_PROMPTS, trialOf } from './tune-guidance.ts';
import { writeReport } from './write-report.ts';

/** tuning.json: the factor of the guidance scale that won for each variant, and all trials. */
const Tuning = z.looseObject({
  format: z.literal('headwright-tuning/1'),
  factors: z.record(z.string(), z.number().positive()),
});

/** `npm run evaluate`; true where it was stopped before its end. */
export async function runHeadsEvaluation(args: readonly string[], signal: AbortSignal): Promise<boolean> {
  if (args.includes('--help')) {
    console.log(HEADS_HELP);
    return false;
  }
  const options = readHeadsOptions(args);
  if (options.command === 'tally') {
    await tally(options);
    return false;
  }
  const bench = await openBench(options);
  return options.command === 'tune' ? tune(options, bench, signal) : compare(options, bench, signal);
}

/** Makes what is missing and writes the report of what there is, also after a stop. */
async function compare(options: HeadsOptions, bench: Bench, signal: AbortSignal): Promise<boolean> {
  const tuningPath = join(options.out, 'tuning.json');
  const guidanceFactors = existsSync(tuningPath) ? parseJsonFile(Tuning, tuningPath).factors : {};
  const cells = planCells({ ...bench.plan, sets: bench.sets, guidanceFactors });
  const { results, stopped } = await fill(options, bench, cells, signal);
  const { teacher } = bench;
  const head = {
    teacher: `${teacher.name} ${teacher.sha256.slice(0, 12)}`,
    preset: options.preset,
    seeds: options.seeds,
  };
  const markdown = await writeReport(options.out, head, results);
  if (options.docs !== null) await fillDocs(options.docs, markdown);
  console.log(markdown);
  for (const { cell, failure } of results) {
    if (failure !== null) console.log(`failed: ${cell.variant.name} · "${cell.prompt}": ${failure}`);
  }
  const made = results.filter((result) => result.made !== null).length;
  console.log(`${made} of ${cells.length} heads · ${join(options.out, 'report.html')}`);
  return stopped;
}

/** Tries every factor of every variant and keeps the best. */
async function tune(options: HeadsOptions, bench: Bench, signal: AbortSignal): Promise<boolean> {
  const plans = GUIDANCE_FACTORS.map((factor) => ({
    factor,
    cells: planCells({
      ...bench.plan,
      sets: [TUNING_PROMPTS],
      guidanceFactors: Object.fromEntries(options.variants.map(({ name }) => [name, factor])),
    }),
  }));
  const { results, stopped } = await fill(
    options,
    bench,
    plans.flatMap(({ cells }) => cells),
    signal,
  );
  const trials = plans.flatMap(({ factor, cells }) =>
    options.variants.flatMap((variant) => {
      const own = results.filter(({ cell }) => cells.includes(cell) && cell.variant === variant);
      return trialOf(factor, own) ?? [];
    }),
  );
  const tuning = { format: 'headwright-tuning/1', factors: bestFactors(trials), trials };
  await writeText(join(options.out, 'tuning.json'), `${JSON.stringify(tuning, null, 1)}\n`);
  for (const { variant, factor, attributes, meanRank } of trials) {
    const chosen = tuning.factors[variant] === factor ? ' · chosen' : '';
    console.log(
      `${variant} × ${factor}: attributes ${(100 * attributes).toFixed(0)} %, mean rank ${meanRank.toFixed(1)}${chosen}`,
    );
  }
  return stopped;
}

/** Makes and measures missing cells as far as was asked, and reads all results. */
async function fill(
  options: HeadsOptions,
  bench: Bench,
  cells: readonly Cell[],
  signal: AbortSignal,
): Promise<{ results: CellResult[]; stopped: boolean }> {
  const store = openCellStore(join(options.out, 'cells'));
  const open = (cell: Cell, directory: string) => openSubject(cell, directory, bench.headTemplate);
  const { teacher, headTemplate, encoder } = bench;
  const generate: CellEngine = (request) =>
    generateHead({ ...request, teacher, headTemplate, encodeText: encoder.encode });
  let stopped = false;
  if (!options.reportOnly) {
    const line = createStatusLine(process.stdout);
    const run = runCells(cells, options.limit, {
      store,
      line,
      signal,
      open,
      measuresOf: bench.measuresOf,
      make: (cell, onFraction) =>
        makeCell(cell, store, generate, {
          signal,
          onProgress: (progress) =>
            onFraction(progress.fraction, formatProgress({ ...progress, eta_s: null })),
        }),
      nowMs: () => performance.now(),
    });
    await run.catch((error: unknown) => {
      if (!signal.aborted) throw error;
      stopped = true;
    });
    line.end();
    if (stopped) console.log('stopped; what is finished is kept');
  }
  return { results: collectResults(cells, store, { measuresOf: bench.measuresOf, open }), stopped };
}

async function tally({ files, out }: HeadsOptions): Promise<void> {
  const key = parseJsonFile(RatingKey, join(out, 'rating-key.json'));
  const given = files.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') }));
  const markdown = tableMarkdown(ratingsTable(tallyRatings(given, key)));
  await writeText(join(out, 'ratings.md'), `${markdown}\n`);
  console.log(markdown);
}

function writeText(path: string, text: string): Promise<void> {
  return writeFileWhole(path, new TextEncoder().encode(text));
}
