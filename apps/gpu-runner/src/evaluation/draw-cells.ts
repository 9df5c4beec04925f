import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { View } from '../dataset/captions/seen-traits.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { openSampler } from '../sampling/open-sampler.ts';
import { writeFileWhole } from '../shell/write-file-whole.ts';
import { encodePng, toBytes } from '../ssd/export/encode-image.ts';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import type { EvaluationItem } from './evaluation-set.ts';

/** One picture of the evaluation: a head from one side. */
export interface Cell {
  readonly item: EvaluationItem;
  readonly view: View;
  readonly png: Uint8Array;
}

/** The sides that every head is asked for, degrees toward the subject's left. */
const SIDES: readonly { readonly view: View; readonly degrees: number }[] = [
  { view: 'front', degrees: 0 },
  { view: 'front', degrees: 30 },
  { view: 'side', degrees: 90 },
  { view: 'back', degrees: 180 },
];

/** How a teacher is asked. */
export interface DrawSettings {
  readonly steps: number;
  readonly guidanceScale: number;
}

/**
 * Samples each head from all sides into `directory`, PNG by PNG; pictures that lie there already are taken as they are,
 * so that a run that was cut short goes on where it stopped.
 */
export async function drawCells(
  teacherDirectory: string,
  items: readonly EvaluationItem[],
  directory: string,
  settings: DrawSettings,
  onPicture: (done: number, of: number) => void,
): Promise<Cell[]> {
  const wanted = items.flatMap((item, n) =>
    SIDES.map(({ view, degrees }) => ({
      item,
      view,
      degrees,
      seed: 1000 * n + degrees,
      path: join(directory, `${item.name}-${degrees}.png`),
    })),
  );
  const missing = wanted.filter(({ path }) => !existsSync(path));
  if (missing.length > 0) {
    const teacher = await loadTeacher(teacherDirectory);
    const template = await loadHeadTemplate(`${MODELS_DIRECTORY}/head-template`);
    const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
    const sampler = await openSampler({ teacher, template, encoder, pictureCount: missing.length });
    const chunk = SIDES.length;
    for (let start = 0; start < missing.length; start += chunk) {
      const own = missing.slice(start, start + chunk);
      const requests = own.map(({ item, degrees, seed }) => ({
        prompt: item.prompt,
        negativePrompt: null,
        kind: 'photo' as const,
        azimuthRad: (degrees * Math.PI) / 180,
        seed,
      }));
      const pictures = await sampler.sample(requests, { ...settings, landmarks: 'template' });
      for (const [i, { image }] of pictures.entries()) {
        await writeFileWhole(own[i].path, await encodePng(toBytes(image), sampler.imageSize));
      }
      onPictures(wanted.length - missing.length + start + own.length);
    }
    await sampler.dispose();
    await encoder.dispose();
  }
  return wanted.map(({ item, view, path }) => ({ item, view, png: new Uint8Array(readFileSync(path)) }));

  function onPictures(done: number): void {
    onPicture(done, wanted.length);
  }
}
