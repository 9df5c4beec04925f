import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MODELS_DIRECTORY } from '../../env.ts';
import { PRESET_SETTINGS } from '../../ssd/config.ts';
import type { HeadTemplate } from '../../ssd/head-template/head-template.ts';
import { replaceSettings } from '../../ssd/replace-settings.ts';
import { digestOfFiles, listFiles } from '../../teacher/checked-files.ts';
import { openTextEncoder, type TextEncoder } from '../../teacher/encode-text.ts';
import { loadHeadTemplate } from '../../teacher/load-head-template.ts';
import { loadTeacher, type Teacher } from '../../teacher/load-teacher.ts';
import { openClassifier } from '../classifier/open-classifier.ts';
import { type ClipJudge, createClipJudge } from '../clip/clip-judge.ts';
import { openClip } from '../clip/open-clip.ts';
import { openFaceApi } from '../faces/open-face-api.ts';
import { openPromptRecall } from '../recall/open-prompt-recall.ts';
import type { HeadsOptions } from './command-options.ts';
import { MESH, measureAttributes, measureClip, measureFaces, measureRecall, SATURATION } from './measures.ts';
import type { CellPlan } from './plan-cells.ts';
import { DEFAULT_PROMPTS, distractorsOf, PAPER_PROMPTS, type PromptSet } from './prompts.ts';
import type { CellRun } from './run-cells.ts';
import { once } from './subject.ts';
import { THUMBNAILS } from './thumbnails.ts';

/** Everything that heads are made and judged with. */
export interface Bench {
  readonly teacher: Teacher;
  readonly headTemplate: HeadTemplate;
  readonly encoder: TextEncoder;
  readonly sets: readonly PromptSet[];
  /** A plan that still lacks its variants, prompts and tuned guidance. */
  readonly plan: Omit<CellPlan, 'sets' | 'guidanceFactors'>;
  readonly measuresOf: CellRun['measuresOf'];
}

/** Opens teacher, template and judges; judges that load weights do so when they are first asked. */
export async function openBench(options: HeadsOptions): Promise<Bench> {
  const teacher = await loadTeacher(options.teacher);
  const templateDirectory = `${MODELS_DIRECTORY}/head-template`;
  const headTemplate = await loadHeadTemplate(templateDirectory);
  const encoder = await openTextEncoder(teacher.directory, teacher.manifest.text);
  const clip = options.clip === null ? null : createClipJudge(await openClip(options.clip));
  const sets = promptSets(options, clip);
  const attributes = existsSync(options.classifier)
    ? measureAttributes(
        once(() => openClassifier(options.classifier)),
        digestOfFiles(await listFiles(options.classifier)),
      )
    : null;
  const faces = measureFaces(
    once(() => openFaceApi(createRequire(import.meta.url))),
    headTemplate,
  );
  const recall = once(() => openPromptRecall(teacher, headTemplate, encoder));
  const recalls = new Map(sets.map((set) => [set.name, measureRecall(recall, distractorsOf(set))]));
  const clips = new Map(sets.map((set) => [set.name, clip && measureClip(clip, distractorsOf(set))]));
  const { stages } = teacher.manifest;
  return {
    teacher,
    headTemplate,
    encoder,
    sets,
    plan: {
      variants: options.variants,
      seeds: options.seeds,
      preset: options.preset,
      base: replaceSettings(PRESET_SETTINGS[options.preset], options.overrides),
      models: { teacher: teacher.sha256, headTemplate: digestOfFiles(await listFiles(templateDirectory)) },
      guidanceScales: { geometry: stages.geometry.guidanceScale, texture: stages.texture.guidanceScale },
    },
    measuresOf: ({ set }) => ({
      thumbnails: THUMBNAILS,
      mesh: MESH,
      saturation: SATURATION,
      attributes,
      recall: recalls.get(set) ?? null,
      faces,
      clip: clips.get(set) ?? null,
    }),
  };
}

function promptSets({ prompts }: HeadsOptions, clip: ClipJudge | null): PromptSet[] {
  const own: PromptSet = { name: 'own', prompts: prompts ?? DEFAULT_PROMPTS };
  return clip === null ? [own] : [own, { name: 'paper', prompts: PAPER_PROMPTS }];
}
