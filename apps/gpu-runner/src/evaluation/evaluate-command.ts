import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MODELS_DIRECTORY } from '../env.ts';
import { formatDuration } from '../shell/progress-line.ts';
import { createStatusLine } from '../shell/status-line.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { composeContactSheet } from '../ssd/export/contact-sheet.ts';
import { digestOfFiles, listFiles } from '../teacher/checked-files.ts';
import { checkCopies } from './check-copies.ts';
import { type Classifier, openClassifier } from './classifier/open-classifier.ts';
import { drawCells } from './draw-cells.ts';
import { evaluationSet } from './evaluation-set.ts';
import { facesTable, judgeFaces } from './faces/judge-faces.ts';
import { fillDocs } from './fill-docs.ts';
import { headsReport } from './heads-report.ts';
import { judgeCells, samplesReport } from './samples-report.ts';
import { judgeHeads } from './judge-heads.ts';
import { renderCells } from './render-cells.ts';

const HELP = `Usage: npm run teacher -- evaluate [options]

Measures how well a teacher's pictures show what was asked for: attributes by a classifier, on combinations that the
data set shows and on pairs that it holds out; the same heads rendered by the data set are the most that the
classifier can find. Pictures drawn before are kept, so a run that was cut short goes on where it stopped.

  --teacher DIR     default: models/starter
  --classifier DIR  default: models/attribute-classifier
  --samples N       heads of each kind of combination, four views each; 0 leaves the teacher out; default: 20
  --steps N         DDIM steps; default: 25
  --guidance X      default: 3
  --data DIR        also compares samples with their nearest pictures of this data set
  --heads DIR       also judges a head made by npm run head from a prompt of the evaluation grid; may be repeated
  --faces           also asks face-api, an independent judge, where it sees faces
  --out DIR         default: out/evaluation
  --docs NAME       puts the tables into docs/evaluation.md, between its comments of this name
  --help            this text
`;

const whole = z.string().regex(/^\d+$/, { error: 'must be a whole number' }).transform(Number);

const Arguments = z.strictObject({
  teacher: z.string().min(1).default(`${MODELS_DIRECTORY}/starter`),
  classifier: z.string().min(1).default(`${MODELS_DIRECTORY}/attribute-classifier`),
  samples: whole.default(20),
  steps: whole.pipe(z.int().min(1).max(1000)).default(25),
  guidance: z.string().transform(Number).pipe(z.number().min(1)).default(3),
  data: z.string().min(1).optional(),
  heads: z.array(z.string().min(1)).default([]),
  faces: z.boolean().default(false),
  out: z.string().min(1).default('out/evaluation'),
  docs: z.string().min(1).optional(),
});
type Arguments = z.infer<typeof Arguments>;

/** What an evaluation has found so far, and where its pictures go. */
interface Findings {
  /** Parts of the markdown report, in order. */
  readonly parts: string[];
  /** What evaluation.json holds. */
  readonly report: Record<string, unknown>;
  writePng(name: string, bytes: Uint8Array): Promise<void>;
}

/** `npm run teacher -- evaluate`: judges a teacher and heads. */
export async function runEvaluate(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const options = readArguments(args);
  const classifier = await openClassifier(options.classifier);
  const findings: Findings = {
    parts: [],
    report: {},
    writePng: (name, bytes) => writeFileWhole(join(options.out, name), bytes),
  };
  if (options.samples > 0) await evaluateTeacher(options, classifier, findings);
  if (options.heads.length > 0) await evaluateHeads(options, classifier, findings);
  await classifier.dispose();
  const markdown = `${findings.parts.join('\n\n')}\n`;
  const write = (name: string, text: string): Promise<void> =>
    writeFileWhole(join(options.out, name), new TextEncoder().encode(text));
  await write('evaluation.md', markdown);
  await write('evaluation.json', `${JSON.stringify(findings.report, null, 2)}\n`);
  if (options.docs !== undefined) await fillDocs(options.docs, markdown);
  console.log(markdown);
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      teacher: { type: 'string' },
      classifier: { type: 'string' },
      samples: { type: 'string' },
      steps: { type: 'string' },
      guidance: { type: 'string' },
      data: { type: 'string' },
      heads: { type: 'string', multiple: true },
      faces: { type: 'boolean' },
      out: { type: 'string' },
      docs: { type: 'string' },
    },
  });
  const parsed = Arguments.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'),
  );
}

/** Judges the teacher's own pictures, beside the same heads rendered by the data set. */
async function evaluateTeacher(
  options: Arguments,
  classifier: Classifier,
  { parts, report, writePng }: Findings,
): Promise<void> {
  const items = evaluationSet(options.samples);
  const cells = await drawSamples(options, items);
  const judged = await judgeCells(cells, classifier);
  const rendered = await judgeCells(await renderCells(items, classifier.config.imageSize), classifier);
  const samples = samplesReport(judged, rendered);
  parts.push(samples.markdown);
  report['samples'] = samples.counts;
  for (const [name, rows] of samples.sheets) {
    await writePng(`${name}.png`, await composeContactSheet(rows, 128));
  }
  if (options.data !== undefined) {
    const pictures = cells.filter(({ view }) => view !== 'back').map((cell) => cell.png);
    const { check, sheet } = await checkCopies(pictures, options.data, classifier);
    await writePng('closest-pairs.png', sheet);
    report['copies'] = check;
    parts.push(copiesTable(check));
  }
  if (options.faces) {
    const faces = await judgeFaces(
      cells.map(({ item, view, png: bytes }) => ({ name: item.name, view, png: bytes })),
    );
    report['sampleFaces'] = faces;
    parts.push(`face-api on the samples:\n\n${facesTable(faces)}`);
  }
}

/** Draws the pictures of a teacher into a folder of its own, as far as they are not there yet. */
async function drawSamples(
  options: Arguments,
  items: ReturnType<typeof evaluationSet>,
): ReturnType<typeof drawCells> {
  const digest = digestOfFiles(await listFiles(options.teacher)).slice(0, 12);
  const folder = join(options.out, `cells-${digest}-${options.steps}-${options.guidance}`);
  const line = createStatusLine(process.stdout);
  const sinceMs = performance.now();
  let firstDone = -1;
  const cells = await drawCells(
    options.teacher,
    items,
    folder,
    { steps: options.steps, guidanceScale: options.guidance },
    (done, of) => {
      if (firstDone < 0) firstDone = done;
      const secondsEach = (performance.now() - sinceMs) / 1000 / Math.max(1, done - firstDone + 4);
      line.show(`drawing ${done}/${of} · about ${formatDuration(secondsEach * (of - done))} left`, done / of);
    },
  );
  line.end();
  return cells;
}

function copiesTable({ samples, heldOut }: Awaited<ReturnType<typeof checkCopies>>['check']): string {
  const row = (name: string, own: typeof samples): string =>
    `| ${name} | ${own.count} | ${own.least.toFixed(2)} | ${own.tenth.toFixed(2)} | ${own.median.toFixed(2)} |`;
  return [
    'Distance to the nearest training picture (1: two training pictures taken at random):\n',
    '| pictures | count | least | a tenth below | median |',
    '|---|---|---|---|---|',
    row('samples', samples),
    row('held-out identities', heldOut),
  ].join('\n');
}

/** Judges heads that were made from prompts. */
async function evaluateHeads(
  options: Arguments,
  classifier: Classifier,
  { parts, report, writePng }: Findings,
): Promise<void> {
  const heads = await judgeHeads(options.heads, classifier);
  const judged = headsReport(heads);
  parts.push(judged.markdown);
  report['heads'] = judged.counts;
  await writePng('heads.png', await composeContactSheet(judged.rows, 192));
  if (!options.faces) return;
  const pictures = heads.flatMap(({ directory, views }) =>
    views.map(({ view, png: bytes }) => ({ name: directory, view, png: bytes })),
  );
  const faces = await judgeFaces(pictures);
  report['headFaces'] = faces;
  parts.push(`face-api on the heads:\n\n${facesTable(faces)}`);
}
