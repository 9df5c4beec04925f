import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { STAGES } from '@headwright/shared/job-state';
import type { Rendition } from '@headwright/shared/renditions';
import type { Progress } from '@headwright/shared/runner/progress';
import { STATE_FILE_NAME } from '@headwright/shared/runner/protocol';
import { PRESET_REFINEMENTS, PRESET_SETTINGS } from '../ssd/config.ts';
import { editHead } from '../ssd/edit-head.ts';
import { generateHead } from '../ssd/generate-head.ts';
import type { GeneratedHead } from '../ssd/finish-head.ts';
import type { HeadTemplate } from '../ssd/head-template/head-template.ts';
import { makeRenditions, type Renditions } from '../ssd/make-renditions.ts';
import { restyleHead } from '../ssd/restyle-head.ts';
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

/** Renditions are made as an export of the finished head makes them, so both have the same bytes. */
async function renditionsOf(
  files: GeneratedHead['files'],
  headTemplate: HeadTemplate,
  renditions: readonly Rendition[],
): Promise<Renditions> {
  const state = files.get(STATE_FILE_NAME);
  if (state === undefined) throw new Error('engine-child: expected a state among the files, got none');
  return makeRenditions({ state: decodeHeadState(state.bytes), headTemplate, renditions });
}

function missingExpressions(headTemplate: HeadTemplate, renditions: readonly Rendition[]): string[] {
  const isAsked = renditions.some(({ settings }) => settings.morphs !== 'none');
  return isAsked && headTemplate.expressions.size === 0
    ? ['This template has no expressions: the files have no morph targets.']
    : [];
}

function exportProgress(done: number, of: number): Progress {
  const index = STAGES.indexOf('export');
  const place = { stage: 'export' as const, stage_index: index, stage_count: STAGES.length };
  return { ...place, step: done, of, fraction: done / of, eta_s: null };
}

await serveEngine(async () => {
  const teacher = await loadTeacher(teacherDirectory);
  const headTemplate = await loadHeadTemplate(headTemplateDirectory);
  const { manifest } = teacher;
  const encoder = await openTextEncoder(teacherDirectory, manifest.text);
  return async (request, report) => {
    const { kind, base, resume, prompt, negativePrompt, seed, preset, wording, refine } = request;
    const { blendshapes, renditions = [] } = request;
    const words = { prompt, negativePrompt, seed, preset, blendshapes, encodeText: encoder.encode };
    const common = { ...words, teacher, headTemplate, onRetry, ...report };
    const state = base === null ? null : decodeHeadState(await readFile(base));
    if (kind === 'export') {
      if (state === null) throw new Error('engine-child: expected a base for export, got none');
      const onFile = (done: number, of: number): void => report.onProgress(exportProgress(done, of));
      onFile(0, renditions.length);
      return {
        files: await makeRenditions({ state, headTemplate, renditions, onFile }),
        warnings: missingExpressions(headTemplate, renditions),
      };
    }
    const { files } = await resumeOrBegin(resume, (checkpoint) => {
      if (kind === 'head') {
        const refined = refine && {
          settings: { ...PRESET_SETTINGS[preset], refine: PRESET_REFINEMENTS[preset] },
          pictures: keptPictures(refine.pictureDirectory),
        };
        return generateHead({ ...common, ...refined, wording, resume: checkpoint });
      }
      if (state === null) throw new Error(`engine-child: expected a base for ${kind}, got none`);
      const edit = { ...common, base: state, resume: checkpoint };
      return kind === 'restyle_edit' ? restyleHead(edit) : editHead({ ...edit, kind: EDITS[kind] });
    });
    const extra = renditions.length === 0 ? [] : await renditionsOf(files, headTemplate, renditions);
    const warnings = unknownWords(prompt, manifest.knownWords).map(
      (word) => `"${word}" is a word that this model was hardly trained on; it may not show.`,
    );
    const ending = `, ${manifest.viewWords.front}${manifest.domains.normals.promptSuffix}`;
    const read = encoder.readable(prompt, ending);
    if (read !== prompt) {
      warnings.push(`This model reads only the beginning of so long a prompt, up to "…${read.slice(-40)}".`);
    }
    if (headTemplate.landmarkFree) warnings.push(LANDMARK_FREE_WARNING);
    warnings.push(...missingExpressions(headTemplate, renditions));
    return { files: new Map([...files, ...extra]), warnings };
  };
});
