import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeTinyDataset } from '../../../../test/tiny-dataset.ts';
import { compileDecoder, compileNoisePredictor } from '../onnx/teacher-sessions.ts';
import { openSafetensors } from '../teacher/safetensors-source.ts';
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

/** Runs `teacher train`; kills it without warning as soon as its output contains `killAt`. */
function train(args: readonly string[], killAt?: string): Promise<string> {
  const shared = ['--data', data, '--preset', 'tiny', '--config', config, '--threads', '1'];
  const child = spawn(process.execPath, ['scripts/teacher.ts', 'train', ...args, ...shared], { cwd: ROOT });
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (killAt !== undefined && output.includes(killAt)) child.kill('SIGKILL');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code, signal) => {
      const asExpected = killAt === undefined ? code === 0 : signal === 'SIGKILL';
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
    };
    const predictor = await compileNoisePredictor(networks, { batch: 1, imageSize: 32, textTokens: 40 });
    const epsilon = await predictor.run({
      sample: new Float32Array(64).fill(1),
      timesteps: Float32Array.of(999),
      text: new Float32Array(40 * 384),
      landmarks: new Float32Array(3 * 32 * 32),
      controlStrength: 1,
    });
    expect(epsilon.every(Number.isFinite)).toBe(true);
    const decoder = await compileDecoder(networks, { batch: 1, imageSize: 32 });
    expect((await decoder.run(epsilon)).every(Number.isFinite)).toBe(true);
  });
});

test('a training that is killed and started again ends with the bytes of one that was not', async () => {
  const run = (out: string, killAt?: string): Promise<string> =>
    train(['autoencoder', '--out', out, '--steps', '40'], killAt);
  const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
  await run(whole);
  // Between two checkpoints: five steps are lost and taken again.
  await run(broken, 'step 25 ');
  expect(await run(broken)).toContain('continues at step 20');
  expect(newestCheckpoint(broken)).toEqual(newestCheckpoint(whole));
  const weights = (out: string) => readFileSync(join(out, 'vae/diffusion_pytorch_model.safetensors'));
  expect(weights(broken).equals(weights(whole))).toBe(true);
});
