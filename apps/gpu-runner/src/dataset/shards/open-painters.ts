import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import { parseJsonFile } from '../../teacher/checked-files.ts';
import { createStudio } from '../render-identity.ts';
import { studioInputs } from '../studio-inputs.ts';
import type { ShardPainters } from './render-shard.ts';
import type { PainterSources } from './worker-messages.ts';

/** Loads what pictures are made of. */
export function openPainters({ headTemplateDirectory, teacherDirectory }: PainterSources): ShardPainters {
  const manifest = parseJsonFile(TeacherManifest, join(teacherDirectory, 'teacher.json'));
  const headData = readFileSync(join(headTemplateDirectory, 'head-data.npz'));
  const landmarks: unknown = JSON.parse(readFileSync(join(headTemplateDirectory, 'landmarks.json'), 'utf8'));
  const studio = createStudio(studioInputs(headData, landmarks, manifest));
  return {
    renderIdentity: studio.renderIdentity,
    spoilOne(good, _imageSize, random) {
      return { ...good[random.integer(0, good.length - 1)], defect: 'blur' };
    },
  };
}
