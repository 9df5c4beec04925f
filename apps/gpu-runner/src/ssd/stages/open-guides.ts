import type { EnginePreset } from '@headwright/shared/presets';
import type { Teacher } from '../../teacher/load-teacher.ts';
import type { ScoreForm } from '../../onnx/score-form.ts';
import type { SelfScoreStep } from '../../onnx/self-score-step.ts';
import type { HeadSettings, StageSettings } from '../config.ts';
import { createNoiseSchedule } from '../diffusion/noise-schedule.ts';
import { openSelfScoreStep } from '../diffusion/open-self-score-step.ts';
import { promptStyleOf, type Wording } from '../diffusion/prompt-style.ts';
import { hasOwnControl } from '../distillation/score-settings.ts';
import type { HeadTemplate } from '../head-template/head-template.ts';
import { landmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { requireTeacher } from '../require-teacher.ts';
import { createGuide, type Guide, type ShownView } from './guide.ts';

/** Whom to ask, and about what. */
export interface OpenGuidesOptions {
  /** Named where the teacher does not allow the settings. */
  readonly preset: EnginePreset;
  readonly teacher: Teacher;
  readonly headTemplate: HeadTemplate;
  readonly prompt: string;
  /** Null: the teacher's own. */
  readonly negativePrompt: string | null;
  readonly wording?: Wording | undefined;
  /** Token states [tokens, width] of words and an ending that is never cut, from the teacher's text encoder. */
  readonly encodeText: (words: string, ending: string) => Promise<Float32Array>;
  /** Told what the teacher is shown in each step. */
  readonly onViews?: ((stage: 'geometry' | 'texture', views: readonly ShownView[]) => void) | undefined;
}

/** The frozen teacher bound to a prompt, once for each stage. */
export interface Guides {
  readonly geometry: Guide;
  readonly texture: Guide;
  dispose(): Promise<void>;
}

/** Compiles the teacher for both stages and binds it to the prompt. */
export async function openGuides(options: OpenGuidesOptions, settings: HeadSettings): Promise<Guides> {
  requireTeacher(options.preset, settings, options.teacher);
  // Stages of one form share a step, and with it the memory of one compiled teacher.
  const steps = new Map<string, SelfScoreStep>();
  const stepFor = async (stage: StageSettings): Promise<SelfScoreStep> => {
    const form = scoreFormOf(stage);
    const key = JSON.stringify([stage.viewsPerStep, form]);
    const step = steps.get(key) ?? (await openSelfScoreStep(options.teacher, stage.viewsPerStep, form));
    steps.set(key, step);
    return step;
  };
  const guideFor = async (name: 'geometry' | 'texture'): Promise<Guide> =>
    bindGuide(await stepFor(settings[name]), name, options, settings[name]);
  return {
    geometry: await guideFor('geometry'),
    texture: await guideFor('texture'),
    dispose: async () => {
      for (const step of steps.values()) await step.dispose();
    },
  };
}

function scoreFormOf(stage: StageSettings): ScoreForm {
  const { estimate, guidanceRescale, gradientBound, lora } = stage;
  return { estimate, ownControl: hasOwnControl(stage), guidanceRescale, gradientBound, loraRank: lora.rank };
}

function bindGuide(
  step: SelfScoreStep,
  name: 'geometry' | 'texture',
  options: OpenGuidesOptions,
  settings: StageSettings,
): Promise<Guide> {
  const { teacher, headTemplate, wording = {} } = options;
  const { manifest } = teacher;
  const { guidanceScale, anchor, timesteps } = manifest.stages[name];
  const { character } = wording;
  return createGuide({
    step,
    schedule: createNoiseSchedule(teacher.noise),
    framing: teacher.framing,
    imageSize: manifest.imageSize,
    viewWords: { ...teacher.viewWords, ...wording.viewWords },
    promptStyle: promptStyleOf(manifest, name, { character, negativePrompt: settings.negativePrompt }),
    prompt: options.prompt,
    negativePrompt: options.negativePrompt,
    score: { guidanceScale, anchor, timesteps, ...settings },
    landmarkAnchors: landmarkAnchors(headTemplate, manifest.landmarks),
    landmarkStyle: manifest.landmarks,
    encodeText: options.encodeText,
    onViews: options.onViews && ((views) => options.onViews?.(name, views)),
  });
}
