import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTinyDataset } from '../../../../test/tiny-dataset.ts';
import { type Dataset, openDataset } from '../dataset/shards/open-dataset.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from './autoencoder-config.ts';
import { prepareCaptions } from './caption-cache.ts';
import { initialWeights } from './initial-weights.ts';
import { prepareLatents } from './latent-cache.ts';
import { autoencoderObjective } from './autoencoder-objective.ts';
import { writePlanes } from './mirror-example.ts';
import { compileEvaluation, compileTraining } from './training-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'caches-'));
let dataset: Dataset;
beforeAll(async () => {
  await writeTinyDataset(folder, { identities: 3, identitiesPerShard: 2, imageSize: 8 });
  dataset = openDataset(folder);
});
afterAll(() => {
  dataset.close();
  rmSync(folder, { recursive: true });
});

test('captions come back as they were encoded, half as precise, and are encoded once', async () => {
  let calls = 0;
  const [tokens, width] = [4, 2];
  const states = (caption: string): Float32Array => {
    const out = new Float32Array(tokens * width);
    out.set(createRandom(1, caption).normals(width * (caption.length % 2 === 0 ? 2 : 4)));
    return out;
  };
  const encoder = {
    encode: (caption: string) => {
      calls++;
      return Promise.resolve(states(caption));
    },
  };
  const request = { dataset, encoder, tokens, width, directory: join(folder, 'captions'), report: () => {} };
  const cache = await prepareCaptions(request);
  const unique = new Set(dataset.examples.map(({ caption }) => caption)).size;
  expect(calls).toBeGreaterThanOrEqual(unique);
  const before = calls;
  const again = await prepareCaptions(request);
  expect(calls).toBe(before);
  const out = new Float32Array(tokens * width).fill(9);
  dataset.examples.forEach(({ caption }, n) => {
    for (const opened of [cache, again]) {
      opened.read(n, out);
      const expected = states(caption);
      // Half precision: eleven bits.
      out.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(2e-3));
    }
  });
});

test('latents are those of the autoencoder, as they are and mirrored, and are encoded once', async () => {
  const config = autoencoderConfig({
    latentChannels: 2,
    channels: 4,
    encoderBlocks: [0, 0],
    decoderBlocks: [0, 0],
  });
  const weights = initialWeights(createRandom(2));
  const directory = join(folder, 'latents');
  const lines: string[] = [];
  const report = (line: string) => {
    lines.push(line);
  };
  const request = { dataset, vae: { config, weights }, directory, threads: 1, report };
  const cache = await prepareLatents(request);
  expect(cache.shape).toEqual([2, 4, 4]);
  expect(lines).toHaveLength(2);
  const written = statSync(join(directory, 'shard-00000.safetensors')).mtimeMs;
  await prepareLatents(request);
  expect(lines).toHaveLength(2);
  expect(statSync(join(directory, 'shard-00000.safetensors')).mtimeMs).toBe(written);

  const settings = { pyramidWeights: [], momentWeight: 0 };
  const objective = autoencoderObjective(config, { batch: 1, imageSize: 8 }, weights, settings);
  const { initial } = await compileTraining(objective, { threads: 1 });
  const program = await compileEvaluation(objective, { threads: 1 });
  const out = new Float32Array(32);
  const image = new Float32Array(192);
  for (const n of [0, 1, dataset.examples.length - 1]) {
    for (const mirrored of [false, true]) {
      writePlanes(dataset.image(n), 8, mirrored && dataset.examples[n].kind, image);
      const noise = { data: new Float32Array(32), shape: [1, 2, 4, 4] };
      const { latent } = await program.run(
        { image: { data: image, shape: [1, 3, 8, 8] }, latentNoise: noise },
        initial,
      );
      cache.read(n, mirrored, out);
      out.forEach((value, i) => expect(Math.abs(value - latent[i])).toBeLessThan(2e-3));
    }
  }
});
