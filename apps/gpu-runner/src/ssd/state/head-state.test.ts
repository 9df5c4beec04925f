import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../tensor/write-safetensors.ts';
import { readSafetensors } from '../../tensor/safetensors.ts';
import { PRESET_SETTINGS } from '../config.ts';
import type { HeadRecipe } from './head-recipe.ts';
import { decodeHeadState, encodeHeadState, type HeadState } from './head-state.ts';
import { encodeStateFile } from './state-file.ts';

const recipe: HeadRecipe = {
  prompt: 'ein grüner Ork 😀',
  negativePrompt: null,
  seed: 7,
  preset: 'smoke',
  teacher: { name: 'starter', sha256: 'a'.repeat(64) },
  headTemplateSha256: 'b'.repeat(64),
  box: { min: [-1, -1, -1], max: [1, 1, 1] },
  settings: PRESET_SETTINGS.smoke,
  edits: [{ kind: 'geometry', prompt: 'a smiling orc', seed: 3 }],
};
const state: HeadState = {
  recipe,
  mesh: { positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), indices: Uint32Array.of(0, 1, 2) },
  distance: Float32Array.of(0.1, -2e-9, 3),
  colors: { table: Float32Array.of(1, 2), weights: Float32Array.of(-0.5) },
  deformation: Float32Array.of(0.25),
};

/** The parts of `state` as its file has them, under a digest that fits, with one thing changed. */
function fileWith(
  change: (tensors: Map<string, Float32Array | Uint32Array>) => void,
  format = 'headwright-head/1',
  ofRecipe = recipe,
): Uint8Array {
  const tensors = new Map<string, Float32Array | Uint32Array>([
    ['mesh/positions', state.mesh.positions],
    ['mesh/indices', state.mesh.indices],
    ['distance', state.distance],
    ['colors/table', state.colors.table],
    ['colors/weights', state.colors.weights],
  ]);
  change(tensors);
  return encodeStateFile(format, ofRecipe, tensors);
}

describe('the state of a head', () => {
  test('comes back from its file as it was, settings and letters included', () => {
    expect(decodeHeadState(encodeHeadState(state))).toEqual(state);
    expect(decodeHeadState(encodeHeadState({ ...state, deformation: null })).deformation).toBeNull();
  });

  test('is the same bytes for the same head', () => {
    expect(Buffer.compare(encodeHeadState(state), encodeHeadState({ ...state }))).toBe(0);
  });

  test('of a hash-grid field is of version 2, which engines that do not know it refuse; others stay version 1', () => {
    const settings = { ...recipe.settings, geometry: PRESET_SETTINGS.paper.geometry };
    const other: HeadState = { ...state, recipe: { ...recipe, settings } };
    const formatOf = (bytes: Uint8Array) => readSafetensors(bytes).metadata.get('format');
    expect(formatOf(encodeHeadState(other))).toBe('headwright-head/2');
    expect(formatOf(encodeHeadState(state))).toBe('headwright-head/1');
    expect(decodeHeadState(encodeHeadState(other))).toEqual(other);
  });

  test('of another version is refused by its name', () => {
    expect(() => decodeHeadState(fileWith(() => {}, 'headwright-head/3'))).toThrow(
      'expected format headwright-head/1 or headwright-head/2, got headwright-head/3',
    );
    expect(() => decodeHeadState(writeSafetensors(new Map(), {}))).toThrow('got a file without a format');
  });

  test('that was cut short is refused, wherever it was cut', () => {
    const bytes = encodeHeadState(state);
    for (const length of [0, 7, 60, bytes.length - 1]) {
      expect(() => decodeHeadState(bytes.subarray(0, length))).toThrow(
        'expected a whole file of format headwright-head, got a damaged one',
      );
    }
  });

  test('with one other byte is refused', () => {
    const bytes = encodeHeadState(state);
    bytes[bytes.length - 1] ^= 1;
    expect(() => decodeHeadState(bytes)).toThrow('expected content of the digest');
  });

  test.each(['mesh/positions', 'mesh/indices', 'distance', 'colors/table', 'colors/weights'])(
    'without %s is refused by that name',
    (name) => {
      const bytes = fileWith((tensors) => tensors.delete(name));
      expect(() => decodeHeadState(bytes)).toThrow(`expected the tensor ${name}, got none of that name`);
    },
  );

  test('with numbers that are none, or triangles of no vertex, is refused by tensor', () => {
    const weights = Float32Array.of(Number.NaN);
    expect(() => decodeHeadState(fileWith((tensors) => tensors.set('colors/weights', weights)))).toThrow(
      'colors/weights: expected finite numbers',
    );
    const indices = Uint32Array.of(0, 1, 3);
    expect(() => decodeHeadState(fileWith((tensors) => tensors.set('mesh/indices', indices)))).toThrow(
      'mesh/indices: expected vertices below 3, got 3',
    );
  });

  test('with a recipe that does not hold is refused by field', () => {
    const settings = { ...recipe.settings, geometry: { field: { ...recipe.settings.geometry.field } } };
    Object.assign(settings.geometry.field, { coarsestSpacing: -1 });
    const bytes = fileWith(() => {}, 'headwright-head/1', { ...recipe, settings });
    expect(() => decodeHeadState(bytes)).toThrow('recipe: /settings/geometry/field/coarsestSpacing: ');
  });
});
