import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { spoilExample } from '../bad-pictures/spoil-example.ts';
import { createStudio } from '../render-identity.ts';
import { studioInputs } from '../studio-inputs.ts';
import { openDataset } from './open-dataset.ts';
import type { ShardPainters } from './render-shard.ts';
import type { PainterSources } from './worker-messages.ts';

/** Share of the bad pictures that are taken from unfinished heads, where there are some. */
const RENDERS_SHARE = 0.15;

/** Loads what pictures are made of. */
export function openPainters(sources: PainterSources): ShardPainters {
  const { headTemplateDirectory, teacherDirectory, rendersDirectory } = sources;
  const manifest = parseJsonFile(TeacherManifest, join(teacherDirectory, 'teacher.json'));
  const headData = readFileSync(join(headTemplateDirectory, 'head-data.npz'));
  const landmarks: unknown = JSON.parse(readFileSync(join(headTemplateDirectory, 'landmarks.json'), 'utf8'));
  const studio = createStudio(studioInputs(headData, landmarks, manifest));
  const renders = rendersDirectory === null ? null : openDataset(rendersDirectory);
  return {
    renderIdentity: studio.renderIdentity,
    drawBad(good, random) {
      const source = good[random.integer(0, good.length - 1)];
      if (renders === null || random.uniform() >= RENDERS_SHARE) return spoilExample(source, random);
      const n = random.integer(0, renders.examples.length - 1);
      const picture = { image: renders.image(n), landmarks: renders.landmarks(n) };
      if (picture.image.length !== source.image.length) {
        throw new Error(
          `openPainters: ${rendersDirectory}: expected pictures of ${source.image.length} bytes, got ${picture.image.length}`,
        );
      }
      return { ...renders.examples[n], ...picture, identity: source.identity };
    },
  };
}
