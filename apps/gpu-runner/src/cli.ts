import { parseArgs } from 'node:util';
import { z } from 'zod';
import { PromptText } from '@headwright/shared/api/heads';
import { SEED_MAX } from '@headwright/shared/limits';
import { ENGINE_PRESETS, EnginePreset } from '@headwright/shared/presets';
import { MODELS_DIRECTORY } from './env.ts';
import { startEngine } from './shell/engine-process.ts';
import { generateInto } from './shell/generate-into.ts';
import { keptCheckpoint } from './shell/kept-checkpoint.ts';
import { createProgressLine, formatDuration } from './shell/progress-line.ts';
import { slugOf } from './shell/slug-of.ts';

const HELP = `Usage: npm run head -- "prompt" [options]

Makes a textured 3D head from words, without the edge.

  --negative TEXT   what the head should not have; default: the teacher's own
  --preset NAME     ${ENGINE_PRESETS.join(' | ')}; default: draft
  --seed N          0 … ${SEED_MAX}; the same seed, prompt, preset and teacher give the same files; default: 0
  --out DIR         where the files go; default: out/<prompt>-<seed>
  --teacher DIR     folder of the teacher; default: models/starter
  --restart         begin anew; otherwise a run that was stopped goes on where it was, to the same files
  --help            this text

DIR gets head.glb, preview.png, turntable.webp, views/*.png, recipe.json and head.state (what edits
start from), all of them or none. Until then a hidden checkpoint is kept beside it.
`;

const Arguments = z.strictObject({
  prompt: PromptText.refine((text) => text.length > 0, { error: 'must not be empty' }),
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
  restart: z.boolean().default(false),
});

/** Parses the command line; throws a sentence that names the flag. */
function readArguments(args: readonly string[]): z.infer<typeof Arguments> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      negative: { type: 'string' },
      preset: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
      teacher: { type: 'string' },
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
  const { prompt, negative, preset, seed, out, teacher, restart } = readArguments(process.argv.slice(2));
  const outDirectory = out ?? `out/${slugOf(prompt)}-${seed}`;
  const wish = { prompt, negativePrompt: negative ?? null, preset, seed };
  const kept = keptCheckpoint(outDirectory, { ...wish, teacher });
  if (restart) kept.remove();
  const startedAtMs = performance.now();
  const stop = new AbortController();
  const line = createProgressLine(process.stdout);
  const engine = startEngine({
    teacherDirectory: teacher,
    headTemplateDirectory: `${MODELS_DIRECTORY}/head-template`,
  });
  const onSignal = (): void => {
    stop.abort(new Error('stopped'));
    void engine.kill(); // also while the models still load
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    console.log(`"${prompt}", preset ${preset}, seed ${seed}`);
    if (kept.exists()) console.log('going on from where an earlier run was stopped (--restart begins anew)');
    await engine.ready.catch((error: unknown) => {
      if (stop.signal.aborted) throw error;
      throw new Error(`--teacher ${teacher}: ${error instanceof Error ? error.message : String(error)}`);
    });
    const result = await generateInto(
      outDirectory,
      engine,
      { ...wish, resume: kept.exists() ? kept.path : null },
      { onProgress: line.show, onPreview: () => {}, onCheckpoint: kept.keep },
      stop.signal,
    );
    kept.remove();
    line.end();
    for (const warning of result.warnings) console.log(`note: ${warning}`);
    console.log(`${outDirectory}: ${result.files.map(({ name }) => name).join(', ')}`);
    console.log(`done in ${formatDuration((performance.now() - startedAtMs) / 1000)}`);
  } catch (error) {
    line.end();
    if (kept.exists())
      console.error(`kept ${kept.path}: the same command goes on from there, --restart begins anew`);
    if (!stop.signal.aborted) throw error;
    console.error(kept.exists() ? 'stopped' : 'stopped; nothing was written');
    process.exitCode = 130;
  } finally {
    await engine.kill();
  }
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
