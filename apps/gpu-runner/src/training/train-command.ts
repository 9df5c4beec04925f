import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openClassifierWeights } from '../evaluation/classifier/classifier-files.ts';
import { trainClassifier } from '../evaluation/classifier/train-classifier.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import type { NetworkFiles } from '../onnx/networks/teacher-networks.ts';
import { parseJsonFile } from '../teacher/checked-files.ts';
import { openSafetensors } from '../teacher/safetensors-source.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { denoiserConventions } from './denoiser-conventions.ts';
import { encoderDigest } from './encoder-digest.ts';
import { trainAutoencoder } from './train-autoencoder.ts';
import { trainDenoiser } from './train-denoiser.ts';
import {
  AutoencoderTraining,
  ClassifierTraining,
  DenoiserTraining,
  TINY_AUTOENCODER,
  TINY_CLASSIFIER,
  TINY_DENOISER,
} from './training-config.ts';
import type { TrainingLimit } from './training-loop.ts';
import type { TrainingRequest } from './training-request.ts';

const WEIGHTS = 'diffusion_pytorch_model.safetensors';

const HELP = `Usage: npm run teacher -- train autoencoder|denoiser|classifier --data DIR --out DIR [options]

Trains a part of a teacher, or the classifier that judges teachers, on a data set of \`teacher render\`. A training
that was stopped, in whatever way, continues from its newest checkpoint in --out; SIGINT and SIGTERM write one. Every
50th person of the data set is held out.

  --data DIR         the data set; shards that are still being drawn are left out
  --out DIR          checkpoints, loss.csv, loss.svg and, at the end, the networks in diffusers' layout
  --steps N          train so many steps (over all runs); the learning rate falls over them
  --minutes N        instead: train so many minutes (over all runs)
  --config FILE      JSON with fields of AutoencoderTraining, DenoiserTraining or ClassifierTraining that replace
                     the defaults
  --preset NAME      default or tiny
  --threads N        threads of a step, which share its batch (default 2); another number rounds otherwise
  --from DIR         start from a teacher's weights, or a classifier's
  --autoencoder DIR  denoiser: folder of the trained vae
  --text DIR         denoiser: teacher whose text encoder is used (default models/starter)
  --only controlnet  denoiser: train the ControlNet alone, with --from
`;

/** Runs `teacher train`. */
export async function runTrain(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      steps: { type: 'string' },
      minutes: { type: 'string' },
      config: { type: 'string' },
      preset: { type: 'string', default: 'default' },
      threads: { type: 'string', default: '2' },
      from: { type: 'string' },
      autoencoder: { type: 'string' },
      text: { type: 'string', default: `${MODELS_DIRECTORY}/starter` },
      only: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [part] = positionals;
  if (values.help || part === undefined) {
    console.log(HELP);
    return;
  }
  const shared = {
    data: required('--data', values.data),
    out: required('--out', values.out),
    limit: limitOf(values.steps, values.minutes),
    threads: Number(values.threads),
    listenForStop,
    report: (line: string) => {
      console.log(line);
    },
    now: () => performance.now(),
  };
  const train = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
  if (!train) throw new Error(`train: expected ${Object.keys(PARTS).join(', ')}, got ${part}`);
  await train({
    ...shared,
    changes: values.config === undefined ? {} : readConfig(values.config),
    tiny: z.enum(['default', 'tiny']).parse(values.preset) === 'tiny',
    from: values.from,
    autoencoder: values.autoencoder,
    textDirectory: values.text,
    only: z.enum(['controlnet']).optional().parse(values.only),
  });
}

/** The options in their own types; every part reads what concerns it. */
interface Options extends Omit<TrainingRequest<never>, 'config'> {
  readonly changes: Readonly<Record<string, unknown>>;
  readonly tiny: boolean;
  readonly from: string | undefined;
  readonly autoencoder: string | undefined;
  readonly textDirectory: string;
  readonly only: 'controlnet' | undefined;
}

const PARTS: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  async autoencoder({ changes, tiny, ...options }) {
    const config = AutoencoderTraining.parse({ ...(tiny ? TINY_AUTOENCODER : {}), ...changes });
    const from = options.from === undefined ? null : networkIn(options.from, 'vae').weights;
    await trainAutoencoder({ ...options, config, from });
  },
  async denoiser({ changes, tiny, from, only, textDirectory, ...options }) {
    const config = DenoiserTraining.parse({
      ...(tiny ? TINY_DENOISER : {}),
      // Networks keep to what they predict and are used to.
      ...(from === undefined ? {} : denoiserConventions(from)),
      ...changes,
    });
    if (only !== undefined && from === undefined) throw new Error('train: expected --from with --only');
    const vae = networkIn(required('--autoencoder', options.autoencoder ?? from), 'vae');
    const { text } = parseJsonFile(TeacherManifest, join(textDirectory, 'teacher.json'));
    await trainDenoiser({
      ...options,
      config,
      vae: { ...vae, digest: encoderDigest(vae.path, vae.config) },
      text: { directory: textDirectory, settings: text },
      from:
        from === undefined
          ? null
          : { unet: networkIn(from, 'unet'), controlnet: networkIn(from, 'controlnet') },
      frozen: only === 'controlnet' ? ['unet'] : [],
    });
  },
  async classifier({ changes, tiny, ...options }) {
    const config = ClassifierTraining.parse({ ...(tiny ? TINY_CLASSIFIER : {}), ...changes });
    const from = options.from === undefined ? null : openClassifierWeights(options.from);
    await trainClassifier({ ...options, config, from });
  },
};

/** A network in diffusers' layout, in DIR/part or in DIR itself. */
function networkIn(directory: string, part: string): NetworkFiles & { readonly path: string } {
  const folder = existsSync(join(directory, part)) ? join(directory, part) : directory;
  const path = join(folder, WEIGHTS);
  if (!existsSync(path)) throw new Error(`train: ${path}: expected weights, got no file`);
  const config = parseJsonFile(z.record(z.string(), z.unknown()), join(folder, 'config.json'));
  return { config, weights: openSafetensors(path, path), path };
}

/**
 * Aborts on SIGINT and SIGTERM; whoever sends it twice ends the process at once. Until it is called, while captions and
 * latents are encoded and kept shard by shard, either signal ends the process as usual.
 */
function listenForStop(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop.abort();
    });
  }
  return stop.signal;
}

function readConfig(path: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`train: expected ${name}`);
  return value;
}

function limitOf(steps: string | undefined, minutes: string | undefined): TrainingLimit {
  const positive = (text: string): number => z.coerce.number().positive().parse(text);
  if (steps !== undefined && minutes === undefined) return { steps: Math.round(positive(steps)) };
  if (minutes !== undefined && steps === undefined) return { minutes: positive(minutes) };
  throw new Error('train: expected either --steps or --minutes');
}
