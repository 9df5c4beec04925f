import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MODELS_DIRECTORY } from '../../env.ts';
import { formatDuration } from '../../shell/progress-line.ts';
import { createStatusLine } from '../../shell/status-line.ts';
import { writeFileWhole } from '../../shell/write-file-whole.ts';
import { digestOfFiles, listFiles, parseJsonFile } from '../../teacher/checked-files.ts';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import { type DatasetInfo, shardCount, shardIdentities } from './dataset-files.ts';
import { drawDatasetSheet } from './draw-dataset-sheet.ts';
import { type RenderProgress, renderDataset } from './render-dataset.ts';
import { badPicturesPerIdentity } from './render-shard.ts';

const HELP = `Usage: npm run teacher -- render --out DIR --identities N [options]

Draws a data set of heads: pictures, normal maps, their landmarks and captions, as a function of a seed.
A run that was cut short goes on where it stopped; the bytes are the same. More identities can be added later.

  --out DIR         folder of the data set
  --identities N    people
  --views N         good pictures of each; default: 6
  --bad-share X     share of pictures that are spoiled and say so, 0 … 0.9; default: 0.28
  --even-share X    share of people with a trait drawn evenly, so that rare ones are not, 0 … 1; default: 0.4
  --renders DIR     data set of unfinished heads to take some of those from: scripts/collect-renders.ts
  --seed N          default: 1
  --size N          side of a picture, pixels; default: 128
  --workers N       threads; default: 2
  --teacher DIR     whose framing, view words and landmark colors to follow; default: models/starter
  --per-shard N     identities in one file; default: 32
  --sheet FILE      draws the first pictures with their captions as PNG, too
  --help            this text
`;

const whole = z.string().regex(/^\d+$/, { error: 'must be a whole number' }).transform(Number);

const Arguments = z.strictObject({
  out: z.string({ error: 'is needed' }).min(1),
  identities: z.string({ error: 'is needed' }).pipe(whole).pipe(z.int().min(1)),
  views: whole.pipe(z.int().min(1)).default(6),
  'bad-share': z
    .string()
    .regex(/^\d*\.?\d+$/, { error: 'must be a number' })
    .transform(Number)
    .pipe(z.number().min(0).max(0.9))
    .default(0.28),
  'even-share': z
    .string()
    .regex(/^\d*\.?\d+$/, { error: 'must be a number' })
    .transform(Number)
    .pipe(z.number().min(0).max(1))
    .default(0.4),
  renders: z.string().min(1).optional(),
  seed: whole.pipe(z.int()).default(1),
  size: whole.pipe(z.int().min(16).max(1024)).default(128),
  workers: whole.pipe(z.int().min(1).max(256)).default(2),
  teacher: z.string().min(1).default(`${MODELS_DIRECTORY}/starter`),
  'per-shard': whole.pipe(z.int().min(1)).default(32),
  sheet: z.string().min(1).optional(),
});
type Arguments = z.infer<typeof Arguments>;

/** `npm run teacher -- render`: renders a data set, or the rest of it. */
export async function runRender(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const options = readArguments(args);
  const { landmarks } = parseJsonFile(TeacherManifest, join(options.teacher, 'teacher.json'));
  const info: DatasetInfo = {
    format: 'headwright-dataset/1',
    seed: options.seed,
    identities: options.identities,
    viewsPerIdentity: options.views,
    imageSize: options.size,
    badShare: options['bad-share'],
    evenShare: options['even-share'],
    renders: options.renders === undefined ? null : digestOfFiles(await listFiles(options.renders)),
    identitiesPerShard: options['per-shard'],
    palette: landmarks.chains.map(({ color }) => color),
  };
  const line = createStatusLine(process.stdout);
  const startedAtMs = performance.now();
  let pictures = 0;
  await renderDataset({
    directory: options.out,
    info,
    sources: {
      headTemplateDirectory: `${MODELS_DIRECTORY}/head-template`,
      teacherDirectory: options.teacher,
      rendersDirectory: options.renders ?? null,
    },
    workers: options.workers,
    onProgress(progress) {
      pictures = progress.pictures;
      showProgress(line, info, progress, (performance.now() - startedAtMs) / 1000);
    },
  });
  line.end();
  const seconds = (performance.now() - startedAtMs) / 1000;
  const rate = pictures === 0 ? '' : `, ${(pictures / seconds).toFixed(1)} pictures/s`;
  console.log(
    `${options.out}: ${shardCount(info)} shards, ${pictures} new pictures in ${formatDuration(seconds)}${rate}`,
  );
  if (options.sheet !== undefined) {
    await writeFileWhole(options.sheet, await drawDatasetSheet(options.out));
    console.log(options.sheet);
  }
}

function showProgress(
  line: ReturnType<typeof createStatusLine>,
  info: DatasetInfo,
  { shards, of, shardsBefore, pictures }: RenderProgress,
  seconds: number,
): void {
  const before = Math.min(info.identities, shardIdentities(info, shardsBefore).first);
  const expected = (info.identities - before) * (info.viewsPerIdentity + badPicturesPerIdentity(info));
  const fraction = expected === 0 ? 1 : Math.min(1, pictures / expected);
  const parts = [`${pictures} pictures`, `shard ${shards}/${of}`];
  if (pictures > 0) {
    parts.push(`${(pictures / seconds).toFixed(1)} pictures/s`);
    parts.push(`about ${formatDuration((seconds / pictures) * Math.max(0, expected - pictures))} left`);
  }
  line.show(parts.join(' · '), fraction);
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      identities: { type: 'string' },
      views: { type: 'string' },
      'bad-share': { type: 'string' },
      'even-share': { type: 'string' },
      renders: { type: 'string' },
      seed: { type: 'string' },
      size: { type: 'string' },
      workers: { type: 'string' },
      teacher: { type: 'string' },
      'per-shard': { type: 'string' },
      sheet: { type: 'string' },
    },
  });
  const parsed = Arguments.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'),
  );
}
