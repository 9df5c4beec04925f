import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PromptText } from '@headwright/shared/api/heads';
import { SEED_MAX } from '@headwright/shared/limits';
import { ENGINE_PRESETS, EnginePreset } from '@headwright/shared/presets';
import { MODELS_DIRECTORY } from './env.ts';
import { makeHere } from './shell/make-here.ts';
import { slugOf } from './shell/slug-of.ts';

const HELP = `Usage: npm run head -- "prompt" [options]

Makes a textured 3D head from words, without the edge.

  --negative TEXT   what the head should not have; default: the teacher's own
  --character KIND  real | unreal: words for such characters, where the teacher has some; default: neither
  --view-words W    three view words instead of the teacher's: "front view, side view, back view"
  --preset NAME     ${ENGINE_PRESETS.join(' | ')}; default: draft
  --refine          also draw the colors near to views that the teacher paints over, as the released code does; no
                    gain with models/starter (docs/decisions/0014); the views are kept in .painted beside DIR
  --seed N          0 … ${SEED_MAX}; the same seed, prompt, preset and teacher give the same files; default: 0
  --out DIR         where the files go; default: out/<prompt>-<seed>
  --teacher DIR     folder of the teacher; default: models/starter
  --template DIR    folder of the head to start from, as npm run template makes; default: models/head-template
  --restart         begin anew; otherwise a run that was stopped goes on where it was, to the same files
  --help            this text

DIR gets head.glb, preview.png, turntable.webp, views/*.png, recipe.json and head.state (what edits
start from), all of them or none. Until then a hidden checkpoint is kept beside it.
`;

const Arguments = z.strictObject({
  prompt: PromptText.refine((text) => text.length > 0, { error: 'must not be empty' }),
  negative: PromptText.optional(),
  character: z.enum(['real', 'unreal']).exactOptional(),
  'view-words': z
    .string()
    .transform((text) => text.split(',').map((words) => words.trim()))
    .pipe(z.tuple([z.string(), z.string(), z.string()], { error: 'expected three, separated by commas' }))
    .transform(([front, side, back]) => ({ front, side, back }))
    .exactOptional(),
  preset: EnginePreset.default('draft'),
  seed: z
    .string()
    .regex(/^\d+$/, { error: `must be a whole number from 0 to ${SEED_MAX}` })
    .transform(Number)
    .pipe(z.int().max(SEED_MAX))
    .default(0),
  out: z.string().min(1).optional(),
  teacher: z.string().min(1).default(`${MODELS_DIRECTORY}/starter`),
  template: z.string().min(1).default(`${MODELS_DIRECTORY}/head-template`),
  refine: z.boolean().default(false),
  restart: z.boolean().default(false),
});

/** Parses the command line; throws a sentence that names the flag. */
function readArguments(args: readonly string[]): z.infer<typeof Arguments> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      negative: { type: 'string' },
      character: { type: 'string' },
      'view-words': { type: 'string' },
      preset: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      teacher: { type: 'string' },
      template: { type: 'string' },
      refine: { type: 'boolean' },
      restart: { type: 'boolean' },
    },
  });
  if (positionals.length !== 1) {
    throw new Error(`the prompt: expected one, in quotes, got ${positionals.length}`);
  }
  const parsed = Arguments.safeParse({ prompt: positionals[0], ...values });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) =>
    path[0] === 'prompt' ? `the prompt: ${message}` : `--${String(path[0])}: ${message}`,
  );
  throw new Error(lines.join('\n'));
}

async function run(): Promise<void> {
  const { prompt, negative, preset, seed, teacher, template, refine, restart, ...words } = readArguments(
    process.argv.slice(2),
  );
  const out = words.out ?? `out/${slugOf(prompt)}-${seed}`;
  const { character, 'view-words': viewWords } = words;
  const wording = { ...(character ? { character } : {}), ...(viewWords ? { viewWords } : {}) };
  await makeHere({
    title: `"${prompt}", preset ${preset}${refine ? ' with refinement' : ''}, seed ${seed}`,
    outDirectory: out,
    teacherDirectory: teacher,
    headTemplateDirectory: template,
    wish: {
      prompt,
      negativePrompt: negative ?? null,
      ...(character || viewWords ? { wording } : {}),
      preset,
      ...(refine ? { refine: { pictureDirectory: join(dirname(resolve(out)), '.painted') } } : {}),
      seed,
    },
    restart,
  });
}

if (process.argv.includes('--help')) console.log(HELP);
else {
  try {
    await run();
    process.exit();
  } catch (error) {
    console.error(`head: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
