import { fileURLToPath } from 'node:url';
import type { Progress } from '@headwright/shared/runner/progress';
import { expect, test } from 'vitest';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { PRESET_SETTINGS } from './config.ts';
import { EDIT_SETTINGS } from './edit-settings.ts';
import type { GeneratedHead } from './finish-head.ts';
import { generateHead } from './generate-head.ts';
import { restyleHead } from './restyle-head.ts';
import { decodeHeadState, type HeadState } from './state/head-state.ts';

const models = fileURLToPath(new URL('../../../../models/', import.meta.url));

function stateOf(head: GeneratedHead): HeadState {
  return decodeHeadState(head.files.get('head.state')?.bytes ?? new Uint8Array());
}

test('a restyle changes shape and colors by the same words, and is one edit on record', async () => {
  const teacher = await loadTeacher(`${models}starter`);
  const headTemplate = await loadHeadTemplate(`${models}head-template`);
  const { encode } = await openTextEncoder(teacher.directory, teacher.manifest.text);
  const said: string[] = [];
  const encodeText = (words: string, ending: string): Promise<Float32Array> => {
    said.push(words + ending);
    return encode(words, ending);
  };
  const { smoke } = PRESET_SETTINGS;
  const exportSettings = { ...smoke.export, triangles: 2000, textureSize: 64, turntableFrames: 1 };
  const short = { steps: 1, viewsPerStep: 1 };
  const common = { preset: 'smoke', negativePrompt: null, teacher, headTemplate, encodeText } as const;
  const made = await generateHead({
    ...common,
    prompt: 'a young man',
    seed: 1,
    settings: {
      geometry: { ...smoke.geometry, ...short },
      texture: { ...smoke.texture, ...short },
      export: exportSettings,
    },
  });
  const told: Progress[] = [];
  const restyled = await restyleHead({
    ...common,
    base: stateOf(made),
    prompt: 'a zombie',
    seed: 5,
    settings: {
      geometry: { ...EDIT_SETTINGS.smoke.geometry, ...short, levelStarts: [0, 0, 0, 0, 0, 0] },
      texture: { ...EDIT_SETTINGS.smoke.texture, ...short },
    },
    exportSettings,
    onProgress: (progress) => told.push(progress),
  });
  const [before, after] = [stateOf(made), stateOf(restyled)];
  expect(after.deformation?.some((parameter) => parameter !== 0)).toBe(true);
  expect(after.colors.weights.some((weight, i) => weight !== before.colors.weights[i])).toBe(true);
  // Were the texture part told of the words as done, it would ask for the same once more.
  expect(said.some((words) => words.includes('a young man, a zombie'))).toBe(true);
  expect(said.filter((words) => words.includes('zombie, a zombie'))).toEqual([]);
  const edit = { kind: 'restyle', prompt: 'a zombie', seed: 5 };
  expect(after.recipe.edits).toEqual([edit]);
  const recipe = JSON.parse(new TextDecoder().decode(restyled.files.get('recipe.json')?.bytes));
  expect(recipe).toMatchObject({ edits: [edit], steps: { geometry: 1, texture: 1 } });
  expect([...restyled.files.keys()].toSorted()).toEqual([...made.files.keys()].toSorted());

  const stages = told.map(({ stage_index: index }) => index);
  expect(stages).toEqual(stages.toSorted((one, other) => one - other));
  const fractions = told.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  expect(told.at(-1)).toMatchObject({ stage: 'export', fraction: 1 });
});
