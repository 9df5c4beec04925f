import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PromptText } from '@headwright/shared/api/heads';
import { SEED_MAX } from '@headwright/shared/limits';
import type { PictureKind } from '../dataset/example.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { formatDuration } from '../shell/progress-line.ts';
import { createStatusLine } from '../shell/status-line.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { composeContactSheet, type ContactSheetRow } from '../ssd/export/contact-sheet.ts';
import { encodePng, toBytes } from '../ssd/export/encode-image.ts';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { createRandom } from '../tensor/random.ts';
import { openSampler, type SampledPicture } from './open-sampler.ts';
import type { SampleRequest } from './sample-conditions.ts';

const DEFAULT_VIEWS = 'front,three-quarter,side,back';
/** A column of the sheet; degrees are toward the subject's left. */
type SheetView = Pick<SampleRequest, 'closeUp'> & { readonly degrees: number };

const NAMED_VIEWS: ReadonlyMap<string, SheetView> = new Map([
  ['front', { degrees: 0 }],
  ['three-quarter', { degrees: 35 }],
  ['side', { degrees: 90 }],
  ['left', { degrees: 90 }],
  ['right', { degrees: -90 }],
  ['back', { degrees: 180 }],
  ['close-up', { degrees: 0, closeUp: true }],
]);

const HELP = `Usage: npm run teacher -- sample "prompt" ["prompt" …] [options]

Draws pictures with a teacher: a row a prompt, a column a view, the landmarks below. The first thing to look at
when a head fails.

  --teacher DIR     folder of the teacher; default: models/starter
  --views LIST      of ${[...NAMED_VIEWS.keys()].join(', ')} or degrees toward the subject's left;
                    default: ${DEFAULT_VIEWS}
  --normals         normal maps instead of photos
  --guidance X      classifier-free guidance scale; default: 3
  --negative TEXT   comes before the teacher's own negative prompt; "" asks for none at all
  --steps N         DDIM steps; default: 25
  --seed N          0 … ${SEED_MAX}; default: 0
  --landmarks WHAT  template (those of the average head) | none (the ControlNet is off); default: template
  --out FILE        default: out/samples.png
  --help            this text
`;

const whole = z.string().regex(/^\d+$/, { error: 'must be a whole number' }).transform(Number);

const Arguments = z.strictObject({
  prompts: z.array(PromptText).min(1, { error: 'expected at least one, in quotes' }),
  teacher: z.string().min(1).default(`${MODELS_DIRECTORY}/starter`),
  views: z
    .string()
    .default(DEFAULT_VIEWS)
    .transform((list) =>
      list.split(',').map((name) => ({ name, ...(NAMED_VIEWS.get(name) ?? { degrees: Number(name) }) })),
    )
    .refine((views) => views.every(({ name, degrees }) => name.trim() !== '' && Number.isFinite(degrees)), {
      error: `must be names (${[...NAMED_VIEWS.keys()].join(', ')}) or degrees, separated by commas`,
    }),
  normals: z.boolean().default(false),
  guidance: z
    .string()
    .regex(/^\d+(\.\d+)?$/, { error: 'must be a number from 0' })
    .transform(Number)
    .default(3),
  negative: PromptText.optional(),
  steps: whole.pipe(z.int().min(1).max(1000)).default(25),
  seed: whole.pipe(z.int().max(SEED_MAX)).default(0),
  landmarks: z.enum(['template', 'none']).default('template'),
  out: z.string().min(1).default('out/samples.png'),
});
type Arguments = z.infer<typeof Arguments>;

/** `npm run teacher -- sample`: draws a sheet of pictures, prompts by views. */
export async function runSample(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const options = readArguments(args);
  const startedAtMs = performance.now();
  const teacher = await loadTeacher(options.teacher);
  const template = await loadHeadTemplate(`${MODELS_DIRECTORY}/head-template`);
  const requests = requestsOf(options);
  const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
  const sampler = await openSampler({ teacher, template, encoder, pictureCount: requests.length });
  const line = createStatusLine(process.stdout);
  const samplingSinceMs = performance.now();
  const pictures = await sampler.sample(requests, {
    steps: options.steps,
    guidanceScale: options.guidance,
    landmarks: options.landmarks,
    onStep(done, of) {
      const leftS = ((performance.now() - samplingSinceMs) / 1000 / done) * (of - done);
      line.show(`denoising ${done}/${of} · about ${formatDuration(leftS)} left`, done / of);
    },
  });
  line.end();
  await sampler.dispose();
  await encoder.dispose();
  await writeFileWhole(options.out, await drawSheet(options, pictures, sampler.imageSize));
  console.log(`${options.out}: ${pictures.length} pictures`);
  console.log(`done in ${formatDuration((performance.now() - startedAtMs) / 1000)}`);
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      teacher: { type: 'string' },
      views: { type: 'string' },
      normals: { type: 'boolean' },
      guidance: { type: 'string' },
      negative: { type: 'string' },
      steps: { type: 'string' },
      seed: { type: 'string' },
      landmarks: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const parsed = Arguments.safeParse({ prompts: positionals, ...values });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) =>
    path[0] === 'prompts' ? `the prompt: ${message}` : `--${String(path[0])}: ${message}`,
  );
  throw new Error(lines.join('\n'));
}

/** Row by row. Each cell's noise depends on seed, prompt and view, so that other cells do not change it. */
function requestsOf({ prompts, views, normals, negative, seed }: Arguments): SampleRequest[] {
  const kind: PictureKind = normals ? 'normals' : 'photo';
  return prompts.flatMap((prompt) =>
    views.map(({ name, degrees, closeUp = false }) => ({
      prompt,
      negativePrompt: negative ?? null,
      kind,
      azimuthRad: (degrees * Math.PI) / 180,
      closeUp,
      seed: createRandom(seed, `${prompt}/${closeUp ? name : degrees}`).integer(0, SEED_MAX),
    })),
  );
}

/** The landmarks of a view are the same for all prompts, so they are one row below all others. */
async function drawSheet(
  { prompts, views, landmarks, guidance, steps, seed }: Arguments,
  pictures: readonly SampledPicture[],
  size: number,
): Promise<Uint8Array> {
  const cellSize = Math.max(192, size);
  const row = async (label: string, images: readonly Float32Array[]): Promise<ContactSheetRow> => ({
    label,
    images: await Promise.all(images.map((image) => encodePng(toBytes(image), size))),
  });
  const rows = await Promise.all(
    prompts.map((prompt, p) => {
      const cells = pictures.slice(p * views.length, (p + 1) * views.length);
      return row(
        prompt,
        cells.map(({ image }) => image),
      );
    }),
  );
  const how = `guidance ${guidance}, ${steps} steps, seed ${seed}`;
  const hints = pictures.slice(0, views.length).map((picture) => picture.landmarks);
  const last = await row(`landmarks${landmarks === 'none' ? ' (not used)' : ''} · ${how}`, hints);
  return composeContactSheet([...rows, { ...last, captions: views.map(({ name }) => name) }], cellSize);
}
