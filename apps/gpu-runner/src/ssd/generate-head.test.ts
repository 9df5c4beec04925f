import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher, type Teacher } from '../teacher/load-teacher.ts';
import { openTextEncoder, type TextEncoder } from '../teacher/encode-text.ts';
import { type HeadSettings, PRESET_SETTINGS } from './config.ts';
import { type GenerateHeadOptions, generateHead } from './generate-head.ts';
import type { HeadTemplate } from './head-template/head-template.ts';

const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const { smoke } = PRESET_SETTINGS;
/** The whole path in a few steps. */
const tiny = {
  geometry: { ...smoke.geometry, steps: 2 },
  texture: { ...smoke.texture, steps: 2 },
  export: { ...smoke.export, textureSize: 64 },
};

let teacher: Teacher;
let headTemplate: HeadTemplate;
let encoder: TextEncoder;

beforeAll(async () => {
  teacher = await loadTeacher(`${models}starter`);
  headTemplate = await loadHeadTemplate(`${models}head-template`);
  encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
});

async function glbOf(options: Partial<GenerateHeadOptions>): Promise<Uint8Array> {
  const head = await generateHead({
    prompt: 'a green orc',
    negativePrompt: null,
    seed: 1,
    preset: 'smoke',
    settings: tiny,
    teacher,
    headTemplate,
    encodeText: (words, ending) => encoder.encode(words, ending),
    ...options,
  });
  const glb = head.files.get('head.glb');
  if (!glb) throw new Error('expected head.glb');
  return glb.bytes;
}

describe('with the starter teacher', () => {
  test('the same seed gives the same GLB bytes, another seed others', async () => {
    const first = await glbOf({});
    expect(Buffer.compare(first, await glbOf({}))).toBe(0);
    expect(Buffer.compare(first, await glbOf({ seed: 2 }))).not.toBe(0);
  });

  test('words act only through the text encoder: other words with the same embedding change no byte', async () => {
    const fixed = await encoder.encode('a clown, front view');
    const encodeText = async () => fixed;
    const first = await glbOf({ encodeText, prompt: 'a green orc with horns', negativePrompt: null });
    const second = await glbOf({ encodeText, prompt: 'a blond woman', negativePrompt: 'hair' });
    expect(Buffer.compare(first, second)).toBe(0);
    expect(Buffer.compare(first, await glbOf({ prompt: 'a green orc with horns' }))).not.toBe(0);
  });

  test('at guidance scale 1 without anchor and regularizers nothing moves: template and gray stay', async () => {
    const still = (steps: number): HeadSettings => ({
      ...tiny,
      geometry: {
        ...tiny.geometry,
        steps,
        guidanceScale: 1,
        anchor: 0,
        normalConsistency: 0,
        laplacian: 0,
      },
      texture: { ...tiny.texture, steps, guidanceScale: 1, anchor: 0 },
    });
    const untouched = await glbOf({ settings: still(0) });
    expect(Buffer.compare(untouched, await glbOf({ settings: still(3) }))).toBe(0);
    expect(Buffer.compare(untouched, await glbOf({}))).not.toBe(0);
  });

  test('an aborted generation rejects with the reason', async () => {
    const controller = new AbortController();
    const head = glbOf({
      signal: controller.signal,
      onProgress: ({ stage }) => {
        if (stage === 'geometry') controller.abort(new Error('enough'));
      },
    });
    await expect(head).rejects.toThrow('enough');
  });
});
