import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openSafetensors } from '../teacher/safetensors-source.ts';
import { trainAutoencoder } from './train-autoencoder.ts';
import { AutoencoderTraining, TINY_AUTOENCODER } from './training-config.ts';
import type { TrainingLimit } from './training-loop.ts';

const HELP = `Usage: npm run teacher -- train autoencoder|denoiser --data DIR --out DIR [options]

Trains a part of a teacher on a data set of \`teacher render\`. A training that was stopped, in whatever way, continues
from its newest checkpoint in --out. Every 50th person of the data set is held out.

  --data DIR         the data set; shards that are still being drawn are left out
  --out DIR          checkpoints, loss.csv, loss.svg and, at the end, the networks in diffusers' layout
  --steps N          train so many steps (over all runs); the learning rate falls over them
  --minutes N        instead: train so many minutes (over all runs)
  --config FILE      JSON with fields of AutoencoderTraining or DenoiserTraining that replace the defaults
  --preset NAME      default or tiny
  --threads N        threads of a step (default 2)
  --from DIR         start from a teacher's weights
  --autoencoder DIR  denoiser: folder of the trained vae
  --text DIR         denoiser: teacher whose text encoder is used (default models/starter)
  --only controlnet  denoiser: train the ControlNet alone, with --from
`;

/** Runs \`teacher train\`. */
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
      text: { type: 'string', default: 'models/starter' },
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
    report: (line: string) => {
      console.log(line);
    },
    now: () => performance.now(),
  };
  const changes = values.config === undefined ? {} : readConfig(values.config);
  const tiny = z.enum(['default', 'tiny']).parse(values.preset) === 'tiny';
  if (part === 'autoencoder') {
    const config = AutoencoderTraining.parse({ ...(tiny ? TINY_AUTOENCODER : {}), ...changes });
    const from = values.from === undefined ? null : weightsIn(`${values.from}/vae`);
    await trainAutoencoder({ ...shared, config, from });
    return;
  }
  throw new Error(`train: expected autoencoder or denoiser, got ${part}`);
}

function weightsIn(directory: string) {
  const path = `${directory}/diffusion_pytorch_model.safetensors`;
  if (!existsSync(path)) throw new Error(`train: ${path}: expected weights, got no file`);
  return openSafetensors(path, path);
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
