import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTensor } from '../onnx/tensor-source.ts';
import { loadHeadTemplate } from './load-head-template.ts';
import { loadTeacher } from './load-teacher.ts';

const MODELS = fileURLToPath(new URL('../../../../models', import.meta.url));
const UNET = 'unet/diffusion_pytorch_model.safetensors';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'teacher-'));
  cpSync(join(MODELS, 'starter'), directory, { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true }));

/** What the UNet's config says of its first weight. */
function firstShape(): readonly [number, number, number, number] {
  const config = JSON.parse(readFileSync(join(directory, 'unet/config.json'), 'utf8'));
  return [config.block_out_channels[0], config.in_channels, 3, 3];
}

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(join(directory, path), 'latin1');
  const after = change(before);
  if (after === before) throw new Error(`edit: ${path}: expected a change`);
  writeFileSync(join(directory, path), after, 'latin1');
}

/** Makes the manifest agree with a changed file, so that only what lies behind the digest can refuse it. */
function accept(path: string): void {
  const digest = createHash('sha256')
    .update(readFileSync(join(directory, path)))
    .digest('hex');
  edit('manifest.json', (text) =>
    text.replace(
      new RegExp(`("path": "${path}",\\s+"bytes": )\\d+(,\\s+"sha256": ")[0-9a-f]+`),
      `$1${statSync(join(directory, path)).size}$2${digest}`,
    ),
  );
}

describe('the starter', () => {
  test('loads with framing in radians, view words, networks and every file listed with its license', async () => {
    const teacher = await loadTeacher(directory);
    expect(teacher.framing.fovYRad[0]).toBeCloseTo((16 * Math.PI) / 180, 12);
    expect(teacher.viewWords.backAboveRad).toBeCloseTo((135 * Math.PI) / 180, 12);
    expect(teacher.unet.className).toBe('UNet2DConditionModel');
    const [outputs, inputs] = firstShape();
    expect(inputs).toBe(teacher.manifest.latentChannels);
    expect(readTensor(teacher.unet.weights, 'conv_in.weight', firstShape())).toHaveLength(
      outputs * inputs * 9,
    );
    expect(teacher.noise.num_train_timesteps).toBe(1000);
    expect(teacher.files).toHaveLength(11);
    expect(teacher.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('takes at most 60 MiB', async () => {
    const { files } = await loadTeacher(directory);
    expect(files.reduce((sum, file) => sum + file.bytes, 0)).toBeLessThan(60 * 2 ** 20);
  });
});

describe('refused by name', () => {
  test('one changed byte', async () => {
    const weights = readFileSync(join(directory, UNET));
    weights[weights.byteLength - 1] ^= 1;
    writeFileSync(join(directory, UNET), weights);
    await expect(loadTeacher(directory)).rejects.toThrow(
      /unet\/diffusion_pytorch_model\.safetensors: expected sha256/,
    );
  });

  test('one byte more', async () => {
    edit('text_encoder/model.onnx', (text) => `${text}x`);
    await expect(loadTeacher(directory)).rejects.toThrow(
      /text_encoder\/model\.onnx: expected \d+ bytes, got \d+/,
    );
  });

  test.each([
    'tokenizer/tokenizer.json',
    'vae/config.json',
    'manifest.json',
    'teacher.json',
    'model_index.json',
  ])('the missing file %s', async (path) => {
    rmSync(join(directory, path));
    await expect(loadTeacher(directory)).rejects.toThrow(path);
  });

  test('a file that the manifest does not list', async () => {
    writeFileSync(join(directory, 'unet', 'extra.bin'), 'x');
    await expect(loadTeacher(directory)).rejects.toThrow(/unet\/extra\.bin: expected only listed files/);
  });

  test.each([
    ['teacher.json', '"imageSize"', '"color": 1, "imageSize"', /teacher\.json: .*color/],
    ['teacher.json', '"halfHeight": 0.875', '"halfHeight": "wide"', /teacher\.json: \/framing\/halfHeight/],
    ['teacher.json', '"untilProgress": 1', '"untilProgress": 0.9', /untilProgress to be 1/],
    ['manifest.json', '"files"', '"more": 1, "files"', /manifest\.json: .*more/],
    ['manifest.json', '"controlnet/config.json"', '"../escape.json"', /files\/0\/path/],
  ])('in %s, %s turned into %s', async (path, from, to, message) => {
    edit(path, (text) => text.replace(from, to));
    await expect(loadTeacher(directory)).rejects.toThrow(message);
  });

  test('a weight of the wrong shape', async () => {
    const [outputs, inputs, ...kernel] = firstShape();
    const [right, wrong] = [[outputs, inputs, ...kernel].join(), [inputs, outputs, ...kernel].join()];
    // The shape of the first weight, behind its name.
    edit(UNET, (text) =>
      text.replace(/("conv_in\.weight":\{[^}]*)\[[\d,]+\](,"data_offsets")/, `$1[${wrong}]$2`),
    );
    accept(UNET);
    await expect(loadTeacher(directory)).rejects.toThrow(
      `conv_in.weight of shape [${right}] in unet/diffusion_pytorch_model.safetensors, got [${wrong}]`,
    );
  });

  test('a config of another text width than the teacher says', async () => {
    edit('controlnet/config.json', (text) =>
      text.replace('"cross_attention_dim": 384', '"cross_attention_dim": 768'),
    );
    accept('controlnet/config.json');
    await expect(loadTeacher(directory)).rejects.toThrow(
      /controlnet\/config\.json: cross_attention_dim: expected 384, got 768/,
    );
  });

  test('a class that differs from model_index.json', async () => {
    edit('vae/config.json', (text) => text.replace('AutoencoderTiny', 'AutoencoderKL'));
    accept('vae/config.json');
    await expect(loadTeacher(directory)).rejects.toThrow(/vae\/config\.json: expected AutoencoderTiny/);
  });

  test('a noise schedule for another prediction', async () => {
    edit('scheduler/scheduler_config.json', (text) =>
      text.replace(/("prediction_type": )"\w+"/, '$1"sample"'),
    );
    accept('scheduler/scheduler_config.json');
    await expect(loadTeacher(directory)).rejects.toThrow(/scheduler_config\.json: \/prediction_type/);
  });
});

describe("an operator's own folder", () => {
  test('loads without a manifest when teacher.json says so, with the digests that were found', async () => {
    const listed = await loadTeacher(directory);
    edit('teacher.json', (text) => text.replace('"files": "required"', '"files": "none"'));
    rmSync(join(directory, 'manifest.json'));
    renameSync(join(directory, UNET), join(directory, 'unet', 'diffusion_pytorch_model.fp16.safetensors'));
    const teacher = await loadTeacher(directory);
    expect(teacher.files.every((file) => file.license === 'NOASSERTION')).toBe(true);
    expect(teacher.unet.weights.label).toBe('unet/diffusion_pytorch_model.fp16.safetensors');
    expect(teacher.sha256).not.toBe(listed.sha256);
  });
});

describe('the head template', () => {
  test('loads from its folder, and not with one changed byte', async () => {
    const folder = join(directory, 'head-template');
    cpSync(join(MODELS, 'head-template'), folder, { recursive: true });
    expect((await loadHeadTemplate(folder)).expressions.size).toBe(52);
    edit('head-template/landmarks.json', (text) => text.replace('7015', '7016'));
    await expect(loadHeadTemplate(folder)).rejects.toThrow(/landmarks\.json: expected sha256/);
  });
});
