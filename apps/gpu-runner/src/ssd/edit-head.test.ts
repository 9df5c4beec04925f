import { fileURLToPath } from 'node:url';
import { WebIO } from '@gltf-transform/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { TINY_HASH_GRID } from '../../../../test/tiny-hash-grid.ts';
import { openTextEncoder, type TextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher, type Teacher } from '../teacher/load-teacher.ts';
import { PRESET_SETTINGS } from './config.ts';
import { editHead, type EditHeadOptions } from './edit-head.ts';
import { EDIT_SETTINGS, type EditSettings } from './edit-settings.ts';
import type { GeneratedHead } from './finish-head.ts';
import { generateHead } from './generate-head.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import type { FieldSettings } from './tetrahedral-grid/field-settings.ts';
import { decodeHeadState, type HeadState } from './state/head-state.ts';

const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const { smoke } = PRESET_SETTINGS;
const exportSettings = { ...smoke.export, triangles: 2000, textureSize: 64, turntableFrames: 1 };
/** Every level moves from the first of two steps on. */
const settings: EditSettings = {
  geometry: { ...EDIT_SETTINGS.smoke.geometry, steps: 2, viewsPerStep: 1, levelStarts: [0, 0, 0, 0, 0, 0] },
  // So far in two steps that eight bits show it.
  texture: {
    ...EDIT_SETTINGS.smoke.texture,
    steps: 2,
    viewsPerStep: 1,
    gridLearningRate: 0.3,
    networkLearningRate: 0.1,
  },
};
/** The teacher's guidance is what moves things; without it and the penalties there is nothing to do. */
const still: EditSettings = {
  geometry: {
    ...settings.geometry,
    guidanceScale: 1,
    anchor: 0,
    penalty: { magnitude: 0, stretch: 0 },
    changeConsistency: 0,
  },
  texture: { ...settings.texture, guidanceScale: 1, anchor: 0, identity: 0 },
};

let teacher: Teacher;
let headTemplate: HeadTemplate;
let encoder: TextEncoder;
/** A head, and its edits of both kinds. */
interface Edited {
  readonly base: GeneratedHead;
  readonly reshaped: GeneratedHead;
  readonly repainted: GeneratedHead;
}
let residual: Edited;
let hashGrid: Edited;
const bothFields: [string, () => Edited][] = [
  ['a residual field', () => residual],
  ['a hash-grid field', () => hashGrid],
];
let base: GeneratedHead;
let reshaped: GeneratedHead;

const encodeText = (words: string, ending: string): Promise<Float32Array> => encoder.encode(words, ending);

function edit(head: GeneratedHead, options: Partial<EditHeadOptions>): Promise<GeneratedHead> {
  return editHead({
    base: stateOf(head),
    kind: 'geometry',
    prompt: 'with an open mouth',
    negativePrompt: null,
    seed: 5,
    preset: 'smoke',
    teacher,
    headTemplate,
    encodeText,
    settings,
    exportSettings,
    ...options,
  });
}

function fileOf(head: GeneratedHead, name: string): Uint8Array {
  const file = head.files.get(name);
  if (!file) throw new Error(`expected ${name}`);
  return file.bytes;
}

function stateOf(head: GeneratedHead): HeadState {
  return decodeHeadState(fileOf(head, 'head.state'));
}

/** Vertices, triangles, texture coordinates and the texture's bytes, as another program reads them. */
async function glbOf(head: GeneratedHead) {
  const root = (await new WebIO().readBinary(fileOf(head, 'head.glb'))).getRoot();
  const [primitive] = root.listMeshes()[0].listPrimitives();
  return {
    positions: primitive.getAttribute('POSITION')?.getArray(),
    uvs: primitive.getAttribute('TEXCOORD_0')?.getArray(),
    indices: primitive.getIndices()?.getArray(),
    texture: root.listTextures()[0].getImage(),
  };
}

async function makeAndEdit(field: FieldSettings): Promise<Edited> {
  const made = await generateHead({
    prompt: 'a young man',
    negativePrompt: null,
    seed: 1,
    preset: 'smoke',
    settings: {
      geometry: { ...smoke.geometry, field, steps: 1, viewsPerStep: 1 },
      texture: { ...smoke.texture, steps: 1, viewsPerStep: 1 },
      export: exportSettings,
    },
    teacher,
    headTemplate,
    encodeText,
  });
  return {
    base: made,
    reshaped: await edit(made, {}),
    repainted: await edit(made, { kind: 'texture', prompt: 'with a green face' }),
  };
}

beforeAll(async () => {
  teacher = await loadTeacher(`${models}starter`);
  headTemplate = await loadHeadTemplate(`${models}head-template`);
  encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
  residual = await makeAndEdit(smoke.geometry.field);
  hashGrid = await makeAndEdit(TINY_HASH_GRID);
  ({ base, reshaped } = residual);
}, 300_000);

/** Whether two arrays are there and the same: as one boolean, for a difference of so many numbers takes minutes to print. */
function sameBytes(a: ArrayBufferView | null | undefined, b: ArrayBufferView | null | undefined): boolean {
  if (!a || !b) return false;
  const bytes = (view: ArrayBufferView) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  return a.byteLength > 0 && bytes(a).equals(bytes(b));
}

describe('a geometry edit', () => {
  test.each(bothFields)(
    'of a head with %s moves the surface by a deformation and nothing else',
    (_, made) => {
      const [before, after] = [stateOf(made().base), stateOf(made().reshaped)];
      expect(sameBytes(after.mesh.positions, before.mesh.positions)).toBe(true);
      expect(sameBytes(after.mesh.indices, before.mesh.indices)).toBe(true);
      expect(sameBytes(after.distance, before.distance)).toBe(true);
      expect(after.colors).toEqual(before.colors);
      expect(after.deformation?.some((parameter) => parameter !== 0)).toBe(true);
      expect(after.recipe.edits).toEqual([{ kind: 'geometry', prompt: 'with an open mouth', seed: 5 }]);
    },
  );

  test('shows one texture field on two shapes: the texture is the same bytes, the vertices are not', async () => {
    const [before, after] = [await glbOf(base), await glbOf(reshaped)];
    expect(after.texture).toEqual(before.texture);
    const count = before.positions?.length ?? 0;
    expect(after.uvs?.slice(0, before.uvs?.length)).toEqual(before.uvs);
    expect(after.positions?.slice(0, count)).not.toEqual(before.positions);
  });

  test('moves nothing at guidance scale 1 without anchor and penalties', async () => {
    const { deformation } = stateOf(await edit(base, { settings: still }));
    expect(deformation?.every((parameter) => parameter === 0)).toBe(true);
  });

  test('goes on from a checkpoint to the same bytes as without a stop, and refuses that of another edit', async () => {
    const checkpoints: Uint8Array[] = [];
    const kept = { checkpointEvery: 1, onCheckpoint: (bytes: Uint8Array) => void checkpoints.push(bytes) };
    const whole = await edit(base, kept);
    expect(Buffer.compare(fileOf(whole, 'head.glb'), fileOf(reshaped, 'head.glb'))).toBe(0);
    const [resume] = checkpoints;
    const resumed = await edit(base, { resume });
    expect(Buffer.compare(fileOf(resumed, 'head.glb'), fileOf(reshaped, 'head.glb'))).toBe(0);
    expect(stateOf(resumed)).toEqual(stateOf(reshaped));
    await expect(edit(base, { resume, prompt: 'angry' })).rejects.toThrow('a checkpoint of the edits');
  });
});

describe('a texture edit', () => {
  test.each(bothFields)(
    'of a head with %s changes no byte of the geometry: two textures on one shape',
    async (_, made) => {
      const [before, after] = [stateOf(made().base), stateOf(made().repainted)];
      expect(sameBytes(after.mesh.positions, before.mesh.positions)).toBe(true);
      expect(sameBytes(after.mesh.indices, before.mesh.indices)).toBe(true);
      expect(sameBytes(after.distance, before.distance)).toBe(true);
      expect(after.deformation).toBeNull();
      expect(sameBytes(after.colors.table, before.colors.table)).toBe(false);
      const [glbBefore, glbAfter] = [await glbOf(made().base), await glbOf(made().repainted)];
      expect(sameBytes(glbAfter.positions, glbBefore.positions)).toBe(true);
      expect(sameBytes(glbAfter.indices, glbBefore.indices)).toBe(true);
      expect(sameBytes(glbAfter.texture, glbBefore.texture)).toBe(false);
    },
  );

  test('of an edited shape goes on from it, and moves nothing at guidance scale 1', async () => {
    const twice = await edit(reshaped, { kind: 'texture', prompt: 'blue', settings: still });
    const { recipe, deformation, colors } = stateOf(twice);
    expect(sameBytes(deformation, stateOf(reshaped).deformation)).toBe(true);
    const { table, weights } = stateOf(base).colors;
    expect([sameBytes(colors.table, table), sameBytes(colors.weights, weights)]).toEqual([true, true]);
    expect(recipe.edits.map(({ prompt }) => prompt)).toEqual(['with an open mouth', 'blue']);
    expect(sameBytes((await glbOf(twice)).positions, (await glbOf(reshaped)).positions)).toBe(true);
  });
});

describe('a state that does not fit', () => {
  test('is refused by name: another template, another layout of the deformation', async () => {
    const state = stateOf(reshaped);
    const stranger = { ...state.recipe, headTemplateSha256: 'a'.repeat(64) };
    await expect(edit(base, { base: { ...state, recipe: stranger } })).rejects.toThrow('head template aaaa');
    const cut = { ...state, deformation: new Float32Array(5) };
    await expect(edit(base, { base: cut })).rejects.toThrow('parameters, got 5');
  });
});
