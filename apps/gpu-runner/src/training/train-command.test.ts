import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeTinyDataset } from '../../../../test/tiny-dataset.ts';
import { compileDecoder, compileNoisePredictor } from '../onnx/teacher-sessions.ts';
import { readPrediction } from '../teacher/read-prediction.ts';
import { openSafetensors } from '../teacher/safetensors-source.ts';
import { denoiserConventions } from './denoiser-conventions.ts';
import { readSafetensors } from '../tensor/safetensors.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'train-'));
const data = join(folder, 'data');
const config = join(folder, 'config.json');

beforeAll(async () => {
  await writeTinyDataset(data, { identities: 60, identitiesPerShard: 30, imageSize: 32 });
  writeFileSync(config, JSON.stringify({ logEvery: 5, evaluateEvery: 20, checkpointEvery: 10 }));
  await train(['autoencoder', '--out', join(folder, 'autoencoder'), '--steps', '150']);
}, 180_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `teacher train`; sends it a signal as soon as its output contains `at`. */
function train(
  args: readonly string[],
  {
    end,
    settings = config,
  }: {
    readonly end?: { readonly signal: 'SIGKILL' | 'SIGTERM'; readonly at: string };
    readonly settings?: string;
  } = {},
): Promise<string> {
  const shared = ['--data', data, '--preset', 'tiny', '--config', settings, '--threads', '1'];
  const child = spawn(process.execPath, ['scripts/teacher.ts', 'train', ...args, ...shared], { cwd: ROOT });
  let output = '';
  let sent = false;
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (end === undefined || sent || !output.includes(end.at)) return;
      sent = child.kill(end.signal);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code, signal) => {
      // Whoever stops politely ends by itself, and says so.
      const asExpected = end?.signal === 'SIGKILL' ? signal === 'SIGKILL' : code === (end ? 1 : 0);
      if (asExpected) resolve(output);
      else reject(new Error(`train ended with ${code ?? signal}: ${output}`));
    });
  });
}

/** First and last held-out loss of this name. */
function heldOut(out: string, name: string): [number, number] {
  const [header, ...lines] = readFileSync(join(out, 'loss.csv'), 'utf8').trim().split('\n');
  const column = header.split(',').indexOf(name);
  const values = lines.map((line) => line.split(',')[column]).filter((cell) => cell !== '');
  return [Number(values[0]), Number(values.at(-1))];
}

/** Everything a checkpoint holds but the time it took. */
function newestCheckpoint(out: string): Map<string, Uint8Array> {
  const name =
    readdirSync(out)
      .filter((file) => file.startsWith('checkpoint-'))
      .toSorted()
      .at(-1) ?? '';
  const { entries, metadata } = readSafetensors(readFileSync(join(out, name)));
  const bytes = new Map([...entries].map(([key, entry]) => [key, entry.read()]));
  return bytes.set('step', new TextEncoder().encode(metadata.get('step')));
}

describe('an autoencoder', () => {
  test('learns: its held-out errors fall by a third and more', () => {
    const [first, last] = heldOut(join(folder, 'autoencoder'), 'photo');
    expect(last).toBeLessThan(0.67 * first);
  });

  test('is written as the teacher reads it, with latents of deviation 1', async () => {
    const directory = join(folder, 'autoencoder/vae');
    const settings = JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8'));
    expect(settings.scaling_factor).toBeGreaterThan(0);
    expect(settings.scaling_factor).not.toBe(1);
    expect(settings.latent_channels).toBe(4);
  });
});

describe('a denoiser', () => {
  test('lowers its held-out loss in 200 steps, and is written as the teacher reads it', {
    timeout: 180_000,
  }, async () => {
    const out = join(folder, 'denoiser');
    const autoencoder = join(folder, 'autoencoder');
    await train(['denoiser', '--autoencoder', autoencoder, '--out', out, '--steps', '200']);
    const [first, last] = heldOut(out, 'all');
    expect(last).toBeLessThan(0.8 * first);
    expect(readFileSync(join(out, 'loss.svg'), 'utf8')).toContain('normals');

    const network = (directory: string) => ({
      config: JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8')),
      weights: openSafetensors(join(directory, 'diffusion_pytorch_model.safetensors'), directory),
    });
    const networks = {
      vae: network(join(folder, 'autoencoder/vae')),
      unet: network(join(out, 'unet')),
      controlnet: network(join(out, 'controlnet')),
      prediction: readPrediction(out),
    };
    const predictor = await compileNoisePredictor(networks, { batch: 1, imageSize: 32, textTokens: 40 });
    const epsilon = await predictor.run({
      sample: new Float32Array(64).fill(1),
      timesteps: Float32Array.of(999),
      alphaBar: Float32Array.of(0.005),
      text: new Float32Array(40 * 384),
      landmarks: new Float32Array(3 * 32 * 32),
      controlStrength: 1,
    });
    expect(epsilon.every(Number.isFinite)).toBe(true);
    const decoder = await compileDecoder(networks, { batch: 1, imageSize: 32 });
    expect((await decoder.run(epsilon)).every(Number.isFinite)).toBe(true);
  });
});

test('a denoiser says beside its networks what they predict and are used to', async () => {
  const out = join(folder, 'velocity');
  const settings = join(folder, 'velocity.json');
  writeFileSync(settings, JSON.stringify({ prediction: 'v_prediction', textScale: 2 }));
  const autoencoder = join(folder, 'autoencoder');
  const args = ['--autoencoder', autoencoder, '--out', out, '--steps', '5'];
  await train(['denoiser', ...args], { settings });
  expect(readPrediction(out)).toBe('v_prediction');
  expect(denoiserConventions(out)).toEqual({ prediction: 'v_prediction', textScale: 2 });
});

describe('a training that is ended and started again has the bytes of one that was not, when it was', () => {
  const run = (name: string, options?: Parameters<typeof train>[1]): Promise<string> =>
    train(['autoencoder', '--out', join(folder, name), '--steps', '40'], options);
  const weights = (name: string) =>
    readFileSync(join(folder, name, 'vae/diffusion_pytorch_model.safetensors'));
  beforeAll(async () => {
    await run('whole');
  });

  test('killed: five steps since the last checkpoint are taken again', async () => {
    await run('killed', { end: { signal: 'SIGKILL', at: 'step 25 ' } });
    expect(await run('killed')).toContain('continues at step 20');
    expect(newestCheckpoint(join(folder, 'killed'))).toEqual(newestCheckpoint(join(folder, 'whole')));
    expect(weights('killed').equals(weights('whole'))).toBe(true);
  });

  test('asked to end: it writes a checkpoint first, and no step is lost', async () => {
    const output = await run('ended', { end: { signal: 'SIGTERM', at: 'step 25 ' } });
    const [, step] = /stopped at step (\d+); the same command goes on/.exec(output) ?? [];
    expect(await run('ended')).toContain(`continues at step ${step}`);
    expect(weights('ended').equals(weights('whole'))).toBe(true);
  });
});
