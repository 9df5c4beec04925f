import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PRESET_REFINEMENTS, PRESET_SETTINGS } from '../ssd/config.ts';
import { editHead } from '../ssd/edit-head.ts';
import { generateHead } from '../ssd/generate-head.ts';
import { decodeHeadState } from '../ssd/state/head-state.ts';
import { openTextEncoder } from '../teacher/encode-text.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { unknownWords } from '../teacher/unknown-words.ts';
import { keptPictures } from './kept-pictures.ts';
import { resumeOrBegin } from './resume-or-begin.ts';
import { serveEngine } from './serve-engine.ts';

const EDITS = { geometry_edit: 'geometry', texture_edit: 'texture' } as const;

// The entry of the engine process: `engine-child.ts <teacher folder> <head template folder>`.
const [teacherDirectory, headTemplateDirectory] = z
  .tuple([z.string(), z.string()])
  .parse(process.argv.slice(2));

const LANDMARK_FREE_WARNING =
  'This template is no head and has no landmarks: the model was asked without them, and judged by the words alone.';

const onRetry = (report: string): void => console.warn(`engine: ${report}`);

await serveEngine(async () => {
  const teacher = await loadTeacher(teacherDirectory);
  const headTemplate = await loadHeadTemplate(headTemplateDirectory);
  const { manifest } = teacher;
  const encoder = await openTextEncoder(teacherDirectory, manifest.text);
  return async ({ kind, base, resume, prompt, negativePrompt, seed, preset, wording, refine }, report) => {
    const words = { prompt, negativePrompt, seed, preset, encodeText: encoder.encode };
    const common = { ...words, teacher, headTemplate, onRetry, ...report };
    const state = base === null ? null : decodeHeadState(await readFile(base));
    const { files } = await resumeOrBegin(resume, (checkpoint) => {
      if (kind === 'head') {
        const refined = refine && {
          settings: { ...PRESET_SETTINGS[preset], refine: PRESET_REFINEMENTS[preset] },
          pictures: keptPictures(refine.pictureDirectory),
        };
        return generateHead({ ...common, ...refined, wording, resume: checkpoint });
      }
      if (state === null) throw new Error(`engine-child: expected a base for ${kind}, got none`);
      return editHead({ ...common, kind: EDITS[kind], base: state, resume: checkpoint });
    });
    const warnings = unknownWords(prompt, manifest.knownWords).map(
      (word) => `"${word}" is a word that this model was hardly trained on; it may not show.`,
    );
    const ending = `, ${manifest.viewWords.front}${manifest.domains.normals.promptSuffix}`;
    const read = encoder.readable(prompt, ending);
    if (read !== prompt) {
      warnings.push(`This model reads only the beginning of so long a prompt, up to "…${read.slice(-40)}".`);
    }
    if (headTemplate.landmarkFree) warnings.push(LANDMARK_FREE_WARNING);
    return { files, warnings };
  };
});
