import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { PRESET_REFINEMENTS, PRESET_SETTINGS } from './config.ts';
import { type GenerateHeadOptions, generateHead } from './generate-head.ts';
import { decodeCheckpoint } from './state/checkpoint.ts';
import { decodeHeadState } from './state/head-state.ts';

const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const { smoke } = PRESET_SETTINGS;
const { smoke: refinement } = PRESET_REFINEMENTS;
/** The whole path in a few steps. */
const plain = {
  geometry: { ...smoke.geometry, steps: 1 },
  texture: { ...smoke.texture, steps: 2 },
  export: { ...smoke.export, textureSize: 64 },
};
const refine = { ...refinement, bank: 2, steps: 2, paint: { ...refinement.paint, steps: 2 } };
const refined = { ...plain, refine };

test('a refinement changes colors and no shape, and a head stopped within it ends with the same bytes', async () => {
  const teacher = await loadTeacher(`${models}starter`);
  const headTemplate = await loadHeadTemplate(`${models}head-template`);
  const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
  const make = async (options: Partial<GenerateHeadOptions>) => {
    const { files } = await generateHead({
      prompt: 'a green orc',
      negativePrompt: null,
      seed: 1,
      preset: 'smoke',
      settings: refined,
      teacher,
      headTemplate,
      encodeText: encoder.encode,
      checkpointEvery: 1,
      ...options,
    });
    return (name: string): Buffer => Buffer.from(files.get(name)?.bytes ?? []);
  };

  // (1) A refined head, its progress and its checkpoints.
  const kept: Uint8Array[] = [];
  const told: string[] = [];
  const whole = await make({
    onCheckpoint: (bytes) => void kept.push(bytes),
    onProgress: ({ stage, step, of }) => {
      if (stage === 'texture') told.push(`${step}/${of}`);
    },
  });
  expect(told).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  const recipe = JSON.parse(whole('recipe.json').toString());
  expect(recipe.steps).toEqual({ geometry: 1, texture: 2, refine: 2 });
  expect(recipe.settings.refine).toEqual(refine);
  // 1 and 2 steps of two views and two texts; two views painted in two predictions for two texts each.
  expect(recipe.samples).toBe(4 + 8 + 8);

  // (2) Going on from the refinement's first step.
  const again = await make({ resume: kept.at(-2) });
  expect(again('head.state').equals(whole('head.state'))).toBe(true);
  expect(again('head.glb').equals(whole('head.glb'))).toBe(true);

  // (3) Neither the texture stage nor the refinement has touched the shape; the second has changed the colors of the first.
  const state = decodeHeadState(whole('head.state'));
  const checkpoints = kept.slice(-5).map((bytes) => decodeCheckpoint(bytes, state.recipe));
  expect(checkpoints.map(({ stage }) => stage)).toEqual([
    'texture',
    'texture',
    'texture',
    'refine',
    'refine',
  ]);
  for (const { shape } of checkpoints) {
    expect(shape).toEqual({ mesh: state.mesh, distance: state.distance });
  }
  expect(checkpoints[2].snapshot?.arrays['table']).not.toEqual(state.colors.table);
  expect(state.recipe.settings).toMatchObject({ refine });
}, 300_000);
