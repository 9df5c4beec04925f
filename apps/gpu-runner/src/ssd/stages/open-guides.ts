import type { EnginePreset } from '@headwright/shared/presets';
import type { Teacher } from '../../teacher/load-teacher.ts';
import { createRandom } from '../../tensor/random.ts';
import type { ScoreForm } from '../../onnx/score-form.ts';
import type { LoraStep } from '../../onnx/lora-step.ts';
import type { SelfScoreStep } from '../../onnx/self-score-step.ts';
import type { HeadSettings, StageSettings } from '../config.ts';
import { createNoiseSchedule } from '../diffusion/noise-schedule.ts';
import { openLoraStep } from '../diffusion/open-lora-step.ts';
import { openSelfScoreStep } from '../diffusion/open-self-score-step.ts';
import { promptStyleOf, type Wording } from '../diffusion/prompt-style.ts';
import { hasOwnControl } from '../distillation/score-settings.ts';
import type { HeadTemplate } from '../head-template/head-template.ts';
import { landmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { requireTeacher } from '../require-teacher.ts';
import { createLoraEstimate } from './lora-estimate.ts';
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
  /** What an edit starts from, in words; takes the negative prompt's place. */
  readonly contrast?: string | undefined;
  readonly wording?: Wording | undefined;
  /** Token states [tokens, width] of words and an ending that is never cut, from the teacher's text encoder. */
  readonly encodeText: (words: string, ending: string) => Promise<Float32Array>;
  /** Of the starting values of what `vsd` trains along. */
  readonly seed: number;
  /** Told its loss in each step, as a share of the bare UNet's at the same noise. */
  readonly onLoraLoss?: ((stage: StageName, loss: number) => void) | undefined;
  /** Told what the teacher is shown in each step. */
  readonly onViews?: ((stage: StageName, views: readonly ShownView[]) => void) | undefined;
}

/** The frozen teacher bound to a prompt, once for each stage. */
export interface Guides {
  readonly geometry: Guide;
  readonly texture: Guide;
  dispose(): Promise<void>;
}

type StageName = 'geometry' | 'texture';

/** For a template that has none: a black control picture would say "a head from behind", the bare UNet says nothing. */
const NO_LANDMARKS = { controlStrength: { target: 0, estimate: 0 } } as const;

/** Compiles the teacher for both stages and binds it to the prompt; refuses settings that the teacher does not allow. */
export async function openGuides(options: OpenGuidesOptions, settings: HeadSettings): Promise<Guides> {
  requireTeacher(options.preset, settings, options.teacher);
  // Stages of one form share a step, and with it the memory of one compiled teacher.
  const steps = new Map<string, SelfScoreStep | LoraStep>();
  const shared = async <T extends SelfScoreStep | LoraStep>(
    key: unknown,
    open: () => Promise<T>,
  ): Promise<T> => {
    const name = JSON.stringify(key);
    // The key holds all that `open` depends on, so what was stored under it is of its type.
    const step = (steps.get(name) as T | undefined) ?? (await open());
    steps.set(name, step);
    return step;
  };
  const { teacher } = options;
  const guideFor = async (name: StageName): Promise<Guide> => {
    const stage = options.headTemplate.landmarkFree ? { ...settings[name], ...NO_LANDMARKS } : settings[name];
    const { viewsPerStep, estimate, lora } = stage;
    const scoreStep = (latentPicture: boolean): Promise<SelfScoreStep> => {
      const form = scoreFormOf(stage, latentPicture);
      return shared(['score', viewsPerStep, form], () => openSelfScoreStep(teacher, viewsPerStep, form));
    };
    const startsLatent = name === 'geometry' && (settings.geometry.latentSteps ?? 0) > 0;
    const steps: StageSteps = {
      score: await scoreStep(false),
      latentPicture: startsLatent ? await scoreStep(true) : undefined,
      lora:
        estimate === 'vsd'
          ? await shared(['lora', viewsPerStep, lora.rank], () =>
              openLoraStep(teacher, viewsPerStep, lora.rank),
            )
          : undefined,
    };
    return bindGuide(steps, name, options, stage);
  };
  return {
    geometry: await guideFor('geometry'),
    texture: await guideFor('texture'),
    dispose: async () => {
      for (const step of steps.values()) await step.dispose();
    },
  };
}

function scoreFormOf(stage: StageSettings, latentPicture: boolean): ScoreForm {
  const { estimate, guidanceRescale, gradientBound, lora } = stage;
  const ownControl = hasOwnControl(stage);
  return { estimate, ownControl, guidanceRescale, gradientBound, loraRank: lora.rank, latentPicture };
}

/** What a stage has compiled. */
interface StageSteps {
  readonly score: SelfScoreStep;
  readonly latentPicture: SelfScoreStep | undefined;
  readonly lora: LoraStep | undefined;
}

function bindGuide(
  steps: StageSteps,
  name: StageName,
  options: OpenGuidesOptions,
  settings: StageSettings,
): Promise<Guide> {
  const { teacher, headTemplate, wording = {} } = options;
  const { manifest } = teacher;
  const { guidanceScale, anchor, weighting, timesteps } = manifest.stages[name];
  const { character } = wording;
  const schedule = createNoiseSchedule(teacher.noise);
  const random = createRandom(options.seed, `lora/${name}`);
  return createGuide({
    step: steps.score,
    latentPictureStep: steps.latentPicture,
    schedule,
    lora: steps.lora ? createLoraEstimate(steps.lora, schedule, settings.lora, random) : undefined,
    onLoraLoss: (loss) => options.onLoraLoss?.(name, loss),
    framing: teacher.framing,
    imageSize: manifest.imageSize,
    viewWords: { ...teacher.viewWords, ...wording.viewWords },
    promptStyle: promptStyleOf(manifest, name, { character, negativePrompt: settings.negativePrompt }),
    prompt: options.prompt,
    negativePrompt: options.negativePrompt,
    contrast: options.contrast,
    score: { guidanceScale, anchor, weighting, timesteps, ...settings },
    landmarkAnchors: landmarkAnchors(headTemplate, manifest.landmarks),
    landmarkStyle: manifest.landmarks,
    releasedLandmarks: settings.releasedLandmarks,
    encodeText: options.encodeText,
    onViews: options.onViews && ((views) => options.onViews?.(name, views)),
  });
}
