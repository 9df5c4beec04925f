import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SEED_MAX } from '@headwright/shared/limits';
import { Preset, PRESETS } from '@headwright/shared/presets';
import { z } from 'zod';
import { MODELS_DIRECTORY } from '../../env.ts';
import type { SettingOverrides } from '../../ssd/replace-settings.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { parsePrompts } from './prompts.ts';
import { type Variant, VARIANTS } from './variants.ts';

export const HEADS_HELP = `Usage: npm run evaluate -- [options]
       npm run evaluate -- tune [options]
       npm run evaluate -- tally [--out DIR] FILE.csv …

Makes heads by every method from the same prompts at equal samples, judges them, and writes one page that shows it all.
Whatever is finished is kept: a second run makes only what is missing. Ctrl-C stops; the next run goes on.

  tune              first tries three guidance scales for each variant on prompts of its own; the best is used from then on
  tally             tallies the files that participants of the rating page handed in

  --prompts FILE    prompts, one a line; default: six of the evaluation grid, half of them for beings that do not exist
  --only VARIANT    may be repeated: ${VARIANTS.map(({ name }) => name).join(', ')}
  --seed N          may be repeated; default: 0
  --limit N         makes at most N new heads
  --report-only     makes and measures nothing, writes the report of what there is
  --preset NAME     ${PRESETS.join(' | ')}; default: draft
  --settings FILE   replaces fields of the preset for all variants, as scripts/experiment.ts does
  --teacher DIR     default: models/starter
  --classifier DIR  default: models/attribute-classifier
  --clip DIR        a CLIP model: adds the paper's ten prompts, CLIP score and R-precision
  --out DIR         default: out/evaluate
  --docs NAME       also puts the tables into docs/evaluation.md, between its comments of this name
  --help            this text
`;

const whole = z.string().regex(/^\d+$/, { error: 'must be a whole number' }).transform(Number);

const Options = z.strictObject({
  prompts: z.string().min(1).optional(),
  only: z.array(z.enum(VARIANTS.map(({ name }) => name))).default([]),
  seed: z.array(whole.pipe(z.int().max(SEED_MAX))).default([0]),
  limit: whole.default(Number.POSITIVE_INFINITY),
  'report-only': z.boolean().default(false),
  preset: Preset.default('draft'),
  settings: z.string().min(1).optional(),
  teacher: z.string().min(1).default(`${MODELS_DIRECTORY}/starter`),
  classifier: z.string().min(1).default(`${MODELS_DIRECTORY}/attribute-classifier`),
  clip: z.string().min(1).optional(),
  out: z.string().min(1).default('out/evaluate'),
  docs: z.string().min(1).optional(),
});

/** What `npm run evaluate` was asked for. */
export interface HeadsOptions {
  readonly command: 'run' | 'tune' | 'tally';
  /** CSV files to tally. */
  readonly files: readonly string[];
  readonly variants: readonly Variant[];
  /** Of the operator's file, or null. */
  readonly prompts: readonly string[] | null;
  readonly seeds: readonly number[];
  readonly limit: number;
  readonly reportOnly: boolean;
  readonly preset: Preset;
  readonly overrides: SettingOverrides;
  readonly teacher: string;
  readonly classifier: string;
  readonly clip: string | null;
  readonly out: string;
  readonly docs: string | null;
}

const Part = z.record(z.string(), z.unknown()).default({});
const Overrides = z.looseObject({ geometry: Part, texture: Part, export: Part });

/** Parses the command line; throws a sentence that names the flag. */
export function readHeadsOptions(args: readonly string[]): HeadsOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      prompts: { type: 'string' },
      only: { type: 'string', multiple: true },
      seed: { type: 'string', multiple: true },
      limit: { type: 'string' },
      'report-only': { type: 'boolean' },
      preset: { type: 'string' },
      settings: { type: 'string' },
      teacher: { type: 'string' },
      classifier: { type: 'string' },
      clip: { type: 'string' },
      out: { type: 'string' },
      docs: { type: 'string' },
    },
  });
  const [command = 'run', ...files] = positionals;
  if (command !== 'run' && command !== 'tune' && command !== 'tally') {
    throw new Error(`expected tune, tally or no command, got ${command}`);
  }
  if (command !== 'tally' && files.length > 0)
    throw new Error(`${command}: expected no files, got ${files[0]}`);
  if (command === 'tally' && files.length === 0) throw new Error('tally: expected CSV files, got none');
  const parsed = Options.safeParse(values);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'),
    );
  }
  const options = parsed.data;
  return {
    command,
    files,
    variants: VARIANTS.filter(({ name }) => options.only.length === 0 || options.only.includes(name)),
    prompts: options.prompts === undefined ? null : promptsOf(options.prompts),
    seeds: [...new Set(options.seed)],
    limit: options.limit,
    reportOnly: options['report-only'],
    preset: options.preset,
    // Fields are checked by name when they replace a preset's; values are the operator's own.
    overrides: options.settings === undefined ? {} : parseJsonFile(Overrides, options.settings),
    teacher: options.teacher,
    classifier: options.classifier,
    clip: options.clip ?? null,
    out: options.out,
    docs: options.docs ?? null,
  };
}

function promptsOf(path: string): string[] {
  try {
    return parsePrompts(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`--prompts ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
