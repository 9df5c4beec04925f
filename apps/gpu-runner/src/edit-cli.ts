import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PromptText } from '@headwright/shared/api/heads';
import { SEED_MAX } from '@headwright/shared/limits';
import { ENGINE_PRESETS, EnginePreset } from '@headwright/shared/presets';
import { MODELS_DIRECTORY } from './env.ts';
import { makeHere } from './shell/make-here.ts';
import { slugOf } from './shell/slug-of.ts';
import { decodeHeadState, type HeadState } from './ssd/state/head-state.ts';

const HELP = `Usage: npm run edit -- HEAD_DIR "what shall be otherwise" [options]

Edits a finished head by words, without the edge. HEAD_DIR is a folder of npm run head or npm run edit.

  --kind KIND       geometry: the shape, with the colors moving along; texture: the colors on that shape;
                    restyle: first the one, then the other
                    default: geometry
  --negative TEXT   what the head should not have; default: the head as it is and the teacher's own
  --preset NAME     ${ENGINE_PRESETS.join(' | ')}; default: draft
  --seed N          0 … ${SEED_MAX}; the same seed, head, words, preset and teacher give the same files; default: 0
  --out DIR         where the files go; default: out/<head>-<words>-<seed>
  --teacher DIR     folder of the teacher; default: models/starter
  --template DIR    folder of the template that the head was made from; default: models/head-template
  --restart         begin anew; otherwise a run that was stopped goes on where it was, to the same files
  --help            this text

The head's own words need not be repeated: "happy" makes this very head happy. DIR gets the same files as a
new head's, all of them or none; HEAD_DIR stays as it is.
`;

const Arguments = z.strictObject({
  directory: z.string().min(1, { error: 'must not be empty' }),
  prompt: PromptText.refine((text) => text.length > 0, { error: 'must not be empty' }),
  kind: z.enum(['geometry', 'texture', 'restyle']).default('geometry'),
  negative: PromptText.optional(),
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
  restart: z.boolean().default(false),
});

const POSITIONALS: Readonly<Record<string, string>> = { directory: 'HEAD_DIR', prompt: 'the words' };

/** Parses the command line; throws a sentence that names the flag. */
function readArguments(args: readonly string[]): z.infer<typeof Arguments> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      kind: text,
      negative: text,
      preset: text,
      seed: text,
      out: text,
      teacher: text,
      template: text,
      restart: { type: 'boolean' },
    },
  });
  if (positionals.length !== 2) {
    throw new Error(`expected HEAD_DIR and the words, in quotes, got ${positionals.length} arguments`);
  }
  const [directory, prompt] = positionals;
  const parsed = Arguments.safeParse({ directory, prompt, ...values });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `${POSITIONALS[name] ?? `--${name}`}: ${message}`;
  });
  throw new Error(lines.join('\n'));
}

/** Opens the head's state once before the models load, so that a wrong folder is told at once. */
function readState(path: string): HeadState {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new Error(`HEAD_DIR: expected the state of a finished head at ${path}, got no file`);
  }
  try {
    return decodeHeadState(bytes);
  } catch (error) {
    throw new Error(`HEAD_DIR: ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function run(): Promise<void> {
  const { directory, prompt, kind, negative, preset, seed, out, teacher, template, restart } = readArguments(
    process.argv.slice(2),
  );
  const base = join(resolve(directory), 'head.state');
  const { recipe } = readState(base);
  const present = [recipe.prompt, ...recipe.edits.map((edit) => edit.prompt)].join(', ');
  await makeHere({
    title: `"${present}" → "${prompt}" (${kind}), preset ${preset}, seed ${seed}`,
    outDirectory: out ?? `out/${basename(resolve(directory))}-${slugOf(prompt)}-${seed}`,
    teacherDirectory: teacher,
    headTemplateDirectory: template,
    wish: {
      kind: `${kind}_edit`,
      base,
      prompt,
      negativePrompt: negative ?? null,
      preset,
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
    console.error(`edit: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
