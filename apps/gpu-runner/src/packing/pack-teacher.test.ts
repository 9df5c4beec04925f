import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeTinyDataset } from '../../../../test/tiny-dataset.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';
import { unknownWords } from '../teacher/unknown-words.ts';
import { createRandom } from '../tensor/random.ts';
import { autoencoderConfig } from '../training/autoencoder-config.ts';
import { autoencoderObjective } from '../training/autoencoder-objective.ts';
import { saveCheckpoint } from '../training/checkpoint.ts';
import { denoiserConfigs } from '../training/denoiser-configs.ts';
import { denoiserObjective } from '../training/denoiser-objective.ts';
import { exportNetwork } from '../training/export-networks.ts';
import {
  AutoencoderTraining,
  DenoiserTraining,
  TINY_AUTOENCODER,
  TINY_DENOISER,
} from '../training/training-config.ts';
import { type Objective, type ParameterTensor, parameterLayout } from '../training/training-program.ts';
import { initialWeights } from '../training/initial-weights.ts';
import { createTrainingState } from '../training/update-parameters.ts';
import { SIZE_LIMIT_BYTES } from './check-size.ts';
import { encoderDigest } from '../training/encoder-digest.ts';
import { WEIGHTS_NAME } from './find-weights.ts';
import { packTeacher, type PackRequest } from './pack-teacher.ts';

const base = `${MODELS_DIRECTORY}/starter`;
const starter = TeacherManifest.parse(JSON.parse(readFileSync(`${base}/teacher.json`, 'utf8')));
const root = mkdtempSync(join(tmpdir(), 'pack-'));
const place = (name: string): string => join(root, name);
const told: string[] = [];
const request: PackRequest = {
  name: 'tiny',
  vae: place('autoencoder'),
  denoiser: place('denoiser'),
  unet: null,
  base,
  data: place('data'),
  out: place('out'),
  stages: {},
  gitCommit: null,
  report: (line) => told.push(line),
};
const LOSSES =
  'step,loss,gradientNorm,learningRate,secondsPerStep,all\n20,0.5,1,0.1,1,0.4\n40,0.3,1,0.1,1,0.2\n';

const autoencoder = AutoencoderTraining.parse(TINY_AUTOENCODER);
const denoiser = DenoiserTraining.parse(TINY_DENOISER);
const shape = { batch: 1, imageSize: 32, latentSize: 4, textTokens: starter.text.tokens };
let denoiserLayout: readonly ParameterTensor[] = [];

beforeAll(async () => {
  await writeTinyDataset(request.data, { identities: 4, identitiesPerShard: 4, imageSize: 32 });
  const info = JSON.parse(readFileSync(join(request.data, 'dataset.json'), 'utf8'));
  info.palette = starter.landmarks.chains.map(({ color }) => color);
  writeFileSync(join(request.data, 'dataset.json'), JSON.stringify(info));

  const source = initialWeights(createRandom(1));
  const vae = autoencoderConfig(autoencoder, 0.5);
  const objective = autoencoderObjective(vae, shape, source, autoencoder);
  await exportAll(request.vae, objective, { vae });
  const configs = denoiserConfigs({
    ...denoiser,
    latentChannels: autoencoder.latentChannels,
    latentSize: 4,
    textWidth: starter.text.width,
  });
  const networks = denoiserObjective(configs, shape, { unet: source, controlnet: source });
  denoiserLayout = await exportAll(request.denoiser, networks, configs);
  writeFileSync(join(request.denoiser, 'loss.csv'), LOSSES);
});
afterEach(() => {
  // Whatever happens, nothing half-made stays behind.
  expect(readdirSync(root).filter((name) => name.includes('partial'))).toEqual([]);
  rmSync(request.out, { recursive: true, force: true });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Writes the starting weights of an objective as a training writes its last ones. */
async function exportAll(directory: string, objective: Objective, configs: object) {
  const layout = parameterLayout(objective);
  const values = new Float32Array(layout.at(-1)?.end ?? 0);
  for (const tensor of layout) {
    const [part, ...key] = tensor.name.split('/');
    const found = objective.sources[part].find(key.join('/'), tensor.shape);
    if (found) values.set(found.data, tensor.start);
  }
  for (const [part, config] of Object.entries(configs)) {
    await exportNetwork(join(directory, part), config, part, layout, values);
  }
  return layout;
}

/** A training of the denoiser that goes on: its averaged weights are all `average`. */
async function writeCheckpoint(directory: string, average: number, changes: object = {}): Promise<void> {
  const count = denoiserLayout.at(-1)?.end ?? 0;
  const state = { ...createTrainingState(new Float32Array(count)), step: 30 };
  state.average.fill(average);
  const vae = encoderDigest(
    join(request.vae, 'vae', WEIGHTS_NAME),
    JSON.parse(readFileSync(join(request.vae, 'vae', 'config.json'), 'utf8')),
  );
  const description = JSON.stringify({ denoiser: { ...denoiser, data: 1, vae, frozen: [], ...changes } });
  mkdirSync(directory, { recursive: true });
  await saveCheckpoint(directory, { state, elapsedMs: 1, description });
  writeFileSync(join(directory, 'loss.csv'), LOSSES);
}

test('writes a teacher that loads, with the conventions of the old one and the words of the data set', async () => {
  const texture = { ...starter.stages.texture, guidanceScale: 3 };
  const teacher = await packTeacher({ ...request, stages: { texture }, gitCommit: 'a'.repeat(40) });
  const { manifest, training, files } = teacher;
  expect([manifest.name, manifest.imageSize, manifest.latentSize, manifest.latentChannels]).toEqual([
    'tiny',
    32,
    4,
    autoencoder.latentChannels,
  ]);
  for (const kept of ['framing', 'viewWords', 'landmarks', 'normals'] as const) {
    expect(manifest[kept]).toEqual(starter[kept]);
  }
  // The factor of the text is the training's; networks without a training's record were trained without one.
  expect(manifest.text).toEqual({ ...starter.text, scale: 1 });
  expect(manifest.stages).toEqual({ geometry: starter.stages.geometry, texture });
  const { photo, normals } = manifest.domains;
  expect(photo.negativePrompt).toMatch(/^a head, .*flat colors.*, \{view\}$/);
  expect(normals.negativePrompt).toBe(`${photo.negativePrompt}, normal map`);
  expect(unknownWords('a pirate with pigtails, a wizard hat and a zither', manifest.knownWords)).toEqual([
    'zither',
  ]);
  expect(training).toEqual({
    gitCommit: 'a'.repeat(40),
    data: { seed: 1, identities: 4, pictures: 12, imageSize: 32, badShare: 0.3, evenShare: 0 },
    autoencoder: null,
    denoiser: { parameters: denoiserLayout.at(-1)?.end, steps: 40, heldOut: { all: 0.2 } },
  });
  const model = files.find(({ path }) => path === manifest.text.model);
  expect(model?.source).toContain('MiniLM');
  expect(files.every(({ license }) => license === 'Apache-2.0')).toBe(true);
  expect(readFileSync(join(request.out, 'unet', WEIGHTS_NAME))).toEqual(
    readFileSync(join(request.denoiser, 'unet', WEIGHTS_NAME)),
  );
});

test('takes the averaged weights of a training that goes on, and its losses up to there', async () => {
  const going = place('going');
  await writeCheckpoint(going, 0.5);
  const { training, unet } = await packTeacher({ ...request, denoiser: going });
  expect(training?.denoiser).toMatchObject({ steps: 30, heldOut: { all: 0.4 } });
  expect(unet.weights.find('conv_in.bias')?.data.every((value) => value === 0.5)).toBe(true);
  expect(told.at(-1)).toContain('step 30');

  // Networks of an earlier end lie there too.
  for (const part of ['unet', 'controlnet']) {
    cpSync(join(request.denoiser, part), join(going, part), { recursive: true });
    utimesSync(join(going, part, WEIGHTS_NAME), 1, 1);
  }
  const later = await packTeacher({ ...request, denoiser: going });
  expect(later.unet.weights.find('conv_in.bias')?.data[0]).toBe(0.5);
  utimesSync(join(going, 'unet', WEIGHTS_NAME), 4e9, 4e9);
  utimesSync(join(going, 'controlnet', WEIGHTS_NAME), 4e9, 4e9);
  const ended = await packTeacher({ ...request, denoiser: going });
  expect(ended.unet.weights.find('conv_in.bias')?.data[0]).not.toBe(0.5);
});

test.each<[string, object, RegExp]>([
  [
    'another autoencoder',
    { vae: 'f'.repeat(64) },
    /expected the vae whose encoder the denoiser was trained on, ffff/,
  ],
  ['another data set', { data: 2 }, /expected the data set of the training, seed 2, got seed 1/],
  ['other settings', { blockChannels: [16, 16] }, /expected \d+ parameters as its settings say, got \d+/],
  ['a frozen UNet', { frozen: ['unet'] }, /expected a trained unet, .*--unet/],
])('refuses a checkpoint of %s', async (name, changes, message) => {
  const denoiserDirectory = place(name);
  await writeCheckpoint(denoiserDirectory, 0.5, changes);
  await expect(packTeacher({ ...request, denoiser: denoiserDirectory })).rejects.toThrow(message);
  expect(existsSync(request.out)).toBe(false);
});

test('refuses what is missing, and landmarks of other colors', async () => {
  const empty = place('empty');
  mkdirSync(empty);
  await expect(packTeacher({ ...request, vae: empty })).rejects.toThrow('expected a trained vae');
  await expect(packTeacher({ ...request, denoiser: empty })).rejects.toThrow('expected a trained unet');
  const other = place('other-colors');
  await writeTinyDataset(other, { identities: 1, identitiesPerShard: 1, imageSize: 32 });
  await expect(packTeacher({ ...request, data: other })).rejects.toThrow("colors of the teacher's chains");
});

test('refuses networks that were not made for each other', async () => {
  const mixed = place('mixed');
  cpSync(request.denoiser, mixed, { recursive: true });
  const path = join(mixed, 'controlnet/config.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...config, conditioning_embedding_out_channels: [4, 4, 8] }));
  await expect(packTeacher({ ...request, denoiser: mixed })).rejects.toThrow(
    'landmark image reduction 8, got 4',
  );
  expect(existsSync(request.out)).toBe(false);
});

test('replaces a teacher whole or not at all, and nothing but a teacher', async () => {
  const before = await packTeacher(request);
  expect(before.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(SIZE_LIMIT_BYTES);
  await expect(packTeacher({ ...request, name: 'large', limitBytes: 2 ** 20 })).rejects.toThrow(
    /expected at most 1\.0 MiB, got 2\d\.\d MiB: text_encoder\/model\.onnx 21\.9 MiB, /,
  );
  expect(JSON.parse(readFileSync(join(request.out, 'teacher.json'), 'utf8')).name).toBe('tiny');
  expect((await packTeacher({ ...request, name: 'second' })).name).toBe('second');
  await expect(packTeacher({ ...request, out: request.vae })).rejects.toThrow(
    'expected an empty folder or a teacher to replace',
  );
});
