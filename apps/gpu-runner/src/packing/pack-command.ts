import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MODELS_DIRECTORY } from '../env.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { mebibytes, SIZE_LIMIT_BYTES } from './check-size.ts';
import { packTeacher } from './pack-teacher.ts';
import type { NewStages } from './teacher-manifest-of.ts';

const HELP = `Usage: npm run teacher -- pack --vae DIR --denoiser DIR --data DIR --out DIR [options]

Writes a trained teacher in the layout that the product loads: networks in float16, teacher.json, manifest.json with the
digest and license of every file. At most ${mebibytes(SIZE_LIMIT_BYTES)}. A teacher that is at --out is replaced whole.

  --vae DIR        folder of the autoencoder's training
  --denoiser DIR   folder of the denoiser's training; while it goes on, its newest checkpoint is taken
  --unet DIR       where that training was of the ControlNet alone: the teacher it started from
  --data DIR       the data set they were trained on
  --out DIR        folder of the new teacher
  --text DIR       teacher whose text encoder, framing, view words, landmarks and stages are kept; default: models/starter
  --stages FILE    JSON with stages that replace those of that teacher
  --name NAME      default: starter
  --help           this text
`;

const folder = z.string({ error: 'is needed' }).min(1);

const Arguments = z.strictObject({
  vae: folder,
  denoiser: folder,
  unet: folder.optional(),
  data: folder,
  out: folder,
  text: folder.default(`${MODELS_DIRECTORY}/starter`),
  stages: z.string().min(1).optional(),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be lower-case letters, digits and hyphens' })
    .default('starter'),
});

const Stages: z.ZodType<NewStages> = TeacherManifest.shape.stages.partial();

/** `npm run teacher -- pack`: makes a teacher of what was trained. */
export async function runPack(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const { text, stages, unet, ...options } = readArguments(args);
  const teacher = await packTeacher({
    ...options,
    base: text,
    unet: unet ?? null,
    stages: stages === undefined ? {} : parseJsonFile(Stages, stages),
    gitCommit: currentCommit(),
    report(line) {
      console.log(line);
    },
  });
  const bytes = teacher.files.reduce((sum, file) => sum + file.bytes, 0);
  for (const part of ['autoencoder', 'denoiser'] as const) {
    const trained = teacher.training?.[part];
    if (!trained) continue;
    const losses = Object.entries(trained.heldOut).map(([kind, loss]) => `${kind} ${loss.toPrecision(4)}`);
    const size = `${(trained.parameters / 1e6).toFixed(2)} M parameters`;
    console.log(`${part}: ${size}, ${trained.steps} steps, held out: ${losses.join(', ')}`);
  }
  console.log(`${options.out}: ${teacher.files.length} files, ${mebibytes(bytes)}, ${teacher.sha256}`);
}

function readArguments(args: readonly string[]): z.infer<typeof Arguments> {
  const names = Object.keys(Arguments.shape);
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const parsed = Arguments.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'),
  );
}

/** Of the checkout that this command belongs to; null where there is none. */
function currentCommit(): string | null {
  const { status, stdout } = spawnSync(
    'git',
    ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'],
    { cwd: MODELS_DIRECTORY, encoding: 'utf8' },
  );
  return status === 0 ? stdout.trim() : null;
}
