import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { TINY_HASH_GRID } from '../../../../test/tiny-hash-grid.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher, type Teacher } from '../teacher/load-teacher.ts';
import { openTextEncoder, type TextEncoder } from '../teacher/encode-text.ts';
import { type HeadSettings, PRESET_SETTINGS } from './config.ts';
import { type GenerateHeadOptions, generateHead } from './generate-head.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import { HEAD_BOX } from './stages/geometry.ts';
import { restoreFields } from './stages/restore-fields.ts';
import { decodeHeadState } from './state/head-state.ts';
import { extractSurface } from './tetrahedral-grid/extract-surface.ts';
import { refineSurface } from './tetrahedral-grid/refine-surface.ts';
import { createTetrahedralGrid } from './tetrahedral-grid/tetrahedral-grid.ts';

const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const { smoke } = PRESET_SETTINGS;
/** The whole path in a few steps. */
const tiny = {
  geometry: { ...smoke.geometry, steps: 2 },
  texture: { ...smoke.texture, steps: 2 },
  export: { ...smoke.export, textureSize: 64 },
};
const bothFields: [string, HeadSettings][] = [
  ['a residual field', tiny],
  ['a hash-grid field', { ...tiny, geometry: { ...tiny.geometry, field: TINY_HASH_GRID } }],
];

let teacher: Teacher;
let headTemplate: HeadTemplate;
let encoder: TextEncoder;

beforeAll(async () => {
  teacher = await loadTeacher(`${models}starter`);
  headTemplate = await loadHeadTemplate(`${models}head-template`);
  encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
});

async function filesOf(options: Partial<GenerateHeadOptions>): Promise<(name: string) => Uint8Array> {
  const { files } = await generateHead({
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
  return (name) => {
    const file = files.get(name);
    if (!file) throw new Error(`expected ${name}`);
    return file.bytes;
  };
}

async function glbOf(options: Partial<GenerateHeadOptions>): Promise<Uint8Array> {
  return (await filesOf(options))('head.glb');
}

/** A clock that is a second later whenever somebody looks at it, so that seconds count looks. */
function tickingClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 1000);
}

/** Starts a head again and again, each time stopping it at its first checkpoint, until it is finished. */
async function inPieces(
  settings: HeadSettings,
): Promise<{ file: (name: string) => Uint8Array; stops: number }> {
  let kept: Uint8Array | undefined;
  for (let stops = 0; stops < 20; stops++) {
    const stop = new AbortController();
    try {
      const file = await filesOf({
        settings,
        resume: kept,
        signal: stop.signal,
        nowMs: tickingClock(),
        checkpointEvery: 1,
        onCheckpoint: (bytes) => {
          kept = bytes;
          stop.abort(new Error('stopped'));
        },
      });
      return { file, stops };
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  }
  throw new Error('inPieces: expected the head to get on');
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

  test.each(bothFields)(
    'a head with %s that is stopped at every checkpoint of both stages ends with the bytes of one that never was',
    async (_, settings) => {
      const whole = await filesOf({ settings, nowMs: tickingClock() });
      const { file, stops } = await inPieces(settings);
      // After each of two steps of two stages, and between the stages.
      expect(stops).toBe(5);
      for (const name of ['head.glb', 'head.state', 'views/front.png']) {
        expect({ name, same: Buffer.compare(file(name), whole(name)) === 0 }).toEqual({ name, same: true });
      }
      const { seconds } = JSON.parse(Buffer.from(whole('recipe.json')).toString());
      expect(JSON.parse(Buffer.from(file('recipe.json')).toString()).seconds).toEqual({
        ...seconds,
        prepare: 6 * seconds.prepare,
      });
    },
  );

  test('a teacher whose answers are no numbers fails the head after one retry, with stage, step and rate', async () => {
    const { length } = await encoder.encode('a clown');
    const reports: string[] = [];
    const broken = glbOf({
      encodeText: async () => new Float32Array(length).fill(Number.NaN),
      onRetry: (report) => void reports.push(report),
    });
    await expect(broken).rejects.toThrow(
      /^runStage: geometry: .*NaN in step 1 of 2 \(.*learning rate [\d.e-]+, timesteps \d+, \d+\), after a retry at 0\.5/,
    );
    expect(reports).toEqual([expect.stringContaining('going on from step 0 at 0.5 of the learning rate')]);
  });

  test('settings that the teacher does not allow are refused before a field is fitted to the template', async () => {
    const signedDistance = (): number => {
      throw new Error('signedDistance: expected nobody to ask');
    };
    const head = glbOf({
      preset: 'paper',
      settings: PRESET_SETTINGS.paper,
      headTemplate: { ...headTemplate, signedDistance },
    });
    await expect(head).rejects.toThrow('preset paper: teacher starter does not allow it');
  });

  test('a checkpoint of another seed is refused by name', async () => {
    let kept: Uint8Array | undefined;
    const stop = new AbortController();
    const onCheckpoint = (bytes: Uint8Array): void => {
      kept = bytes;
      stop.abort(new Error('stopped'));
    };
    await expect(filesOf({ signal: stop.signal, checkpointEvery: 1, onCheckpoint })).rejects.toThrow(
      'stopped',
    );
    await expect(filesOf({ resume: kept, seed: 2 })).rejects.toThrow('a checkpoint of the seed 2, got 1');
  });

  test.each(bothFields)(
    'the fields of a finished head with %s can be rebuilt from its state, and give the same surface',
    async (_, settings) => {
      const state = decodeHeadState((await filesOf({ settings }))('head.state'));
      expect(state.recipe.settings.geometry.field).toEqual(settings.geometry.field);
      const { field, colors } = await restoreFields(state, headTemplate);
      try {
        const sampler = field.sampleOn(createTetrahedralGrid(HEAD_BOX, tiny.geometry.cellSize));
        const mesh = refineSurface(
          field,
          await extractSurface(sampler, 'whole'),
          tiny.export.surfaceCellSize,
        );
        expect(mesh).toEqual(state.mesh);
        const gray = (await colors.forward(mesh.positions)).colors.every((color) => color === 0.5);
        expect(gray).toBe(false);
      } finally {
        await colors.dispose();
      }
      const other = { ...headTemplate, landmarks: new Map() };
      await expect(restoreFields(state, other)).rejects.toThrow('expected the head template');
    },
  );
});
