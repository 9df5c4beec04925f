import { expect, test } from 'vitest';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import starter from '../../../../../models/starter/teacher.json' with { type: 'json' };
import { promptStyleOf } from './prompt-style.ts';

const { negativePrompt: _, ...texture } = starter.stages.texture;
const plain = TeacherManifest.parse({ ...starter, stages: { ...starter.stages, texture } });
const { photo } = plain.domains;
const manifest = TeacherManifest.parse({
  ...plain,
  domains: {
    ...plain.domains,
    photo: {
      ...photo,
      characters: {
        real: {
          promptPrefix: 'a DSLR portrait of ',
          promptDetail: ', photorealistic',
          negativePrompt: 'sketch, cartoon',
        },
        unreal: { promptPrefix: 'a head of ' },
      },
    },
  },
});

test('real and invented characters have the words that the manifest gives them', () => {
  const style = (character?: 'real' | 'unreal') =>
    promptStyleOf(manifest, 'texture', { character, negativePrompt: true });
  expect(style('real')).toMatchObject({
    promptPrefix: 'a DSLR portrait of ',
    promptDetail: ', photorealistic',
    negativePrompt: 'sketch, cartoon',
  });
  expect(style('unreal')).toMatchObject({ promptPrefix: 'a head of ', negativePrompt: photo.negativePrompt });
  expect(style()).toEqual(promptStyleOf(plain, 'texture', { character: 'real', negativePrompt: true }));
});

test("a stage's negative prompt wins over the character's, and none is none", () => {
  const { stages } = manifest;
  const own = {
    ...manifest,
    stages: { ...stages, texture: { ...stages.texture, negativePrompt: 'blurry' } },
  };
  const negative = (negativePrompt: boolean) =>
    promptStyleOf(own, 'texture', { character: 'real', negativePrompt }).negativePrompt;
  expect([negative(true), negative(false)]).toEqual(['blurry', '']);
});
