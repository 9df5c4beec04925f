import { describe, expect, test } from 'vitest';
import { PRESET_SETTINGS } from '../config.ts';
import { type Checkpoint, CheckpointRefusal, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import type { HeadRecipe } from './head-recipe.ts';
import { encodeHeadState } from './head-state.ts';

const recipe: HeadRecipe = {
  prompt: 'an orc',
  negativePrompt: null,
  seed: 7,
  preset: 'smoke',
  teacher: { name: 'starter', sha256: 'a'.repeat(64) },
  headTemplateSha256: 'b'.repeat(64),
  box: { min: [-1, -1, -1], max: [1, 1, 1] },
  settings: PRESET_SETTINGS.smoke,
  edits: [],
};
const inGeometry: Checkpoint = {
  recipe,
  stage: 'geometry',
  snapshot: {
    step: 100,
    learningRateScale: 0.5,
    arrays: { distance: Float32Array.of(0.1, 2), 'distance/mean': Float32Array.of(1e-30, 0) },
  },
  shape: null,
  seconds: { prepare: 1.5, geometry: 60.25 },
  retries: ['geometry: …'],
  fit: null,
};
const mesh = { positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), indices: Uint32Array.of(0, 1, 2) };
const beforeTexture: Checkpoint = {
  ...inGeometry,
  stage: 'texture',
  snapshot: null,
  shape: { mesh, distance: Float32Array.of(0.1, 2) },
};

describe('a checkpoint', () => {
  test.each([
    ['in a stage', inGeometry],
    ['between the stages', beforeTexture],
    ['of a fitted field', { ...inGeometry, fit: { nearRms: 0.001 } }],
    ['in the second stage', { ...beforeTexture, snapshot: inGeometry.snapshot }],
  ])('%s comes back from its file as it was', (_, checkpoint) => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint), recipe)).toEqual(checkpoint);
  });

  test.each<[string, Partial<HeadRecipe>, string]>([
    ['prompt', { prompt: 'an elf' }, 'a checkpoint of the prompt of this head, got others'],
    ['negative prompt', { negativePrompt: 'hair' }, 'of the negative prompt of this head, got others'],
    ['seed', { seed: 8 }, 'of the seed 8, got 7'],
    ['preset', { preset: 'draft' }, 'of the preset "draft", got "smoke"'],
    ['teacher', { teacher: { name: 'starter', sha256: 'c'.repeat(64) } }, 'of the teacher {"name":"starter"'],
    ['template', { headTemplateSha256: 'c'.repeat(64) }, 'of the head template "ccc'],
    ['settings', { settings: PRESET_SETTINGS.draft }, 'of the settings of this head, got others'],
  ])('of another %s is refused by that name', (_, other, words) => {
    const decode = (): unknown => decodeCheckpoint(encodeCheckpoint(inGeometry), { ...recipe, ...other });
    expect(decode).toThrow(words);
    expect(decode).toThrow(CheckpointRefusal);
    // Errors reach logs.
    expect(decode).not.toThrow(/elf|orc|hair/);
  });

  test('of another kind, or cut short, is refused', () => {
    const colors = { table: new Float32Array(1), weights: new Float32Array(1) };
    const head = encodeHeadState({ recipe, mesh, distance: new Float32Array(1), colors, deformation: null });
    expect(() => decodeCheckpoint(head, recipe)).toThrow(
      'expected format headwright-checkpoint/1 or headwright-checkpoint/2, got headwright-head/1',
    );
    const cut = encodeCheckpoint(inGeometry).subarray(0, -1);
    expect(() => decodeCheckpoint(cut, recipe)).toThrow('got a damaged one');
  });
});
