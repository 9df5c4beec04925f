import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { type HeadSettings, PRESET_SETTINGS } from './config.ts';
import { generateHead } from './generate-head.ts';
import type { HeadTemplate } from './head-template/head-template.ts';

const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const { smoke } = PRESET_SETTINGS;
const tiny: HeadSettings = {
  geometry: { ...smoke.geometry, steps: 1 },
  texture: { ...smoke.texture, steps: 1 },
  export: { ...smoke.export, textureSize: 64 },
};
const BARE = { controlStrength: { target: 0, estimate: 0 } };

test('a template without landmarks is judged by the bare UNet: no landmark picture, no control', async () => {
  const teacher = await loadTeacher(`${models}starter`);
  const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
  const head = await loadHeadTemplate(`${models}head-template`);
  const glbOf = async (headTemplate: HeadTemplate, settings: HeadSettings): Promise<Uint8Array> => {
    const { files } = await generateHead({
      prompt: 'a blue vase',
      negativePrompt: null,
      seed: 1,
      preset: 'smoke',
      settings,
      teacher,
      headTemplate,
      encodeText: (words, ending) => encoder.encode(words, ending),
      onViews: (_, views) => {
        if (headTemplate.landmarkFree)
          for (const { landmarks } of views) expect(landmarks.some((c) => c > 0)).toBe(false);
      },
    });
    return files.get('head.glb')?.bytes ?? new Uint8Array();
  };
  const free = await glbOf({ ...head, landmarks: new Map(), landmarkFree: true }, tiny);
  const uncontrolled = await glbOf(head, {
    ...tiny,
    geometry: { ...tiny.geometry, ...BARE },
    texture: { ...tiny.texture, ...BARE },
  });
  expect(free.byteLength).toBeGreaterThan(0);
  // As one boolean: a difference of half a megabyte takes minutes to print.
  expect(Buffer.from(free).equals(uncontrolled)).toBe(true);
});
