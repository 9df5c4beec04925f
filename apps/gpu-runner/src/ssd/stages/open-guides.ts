import type { Teacher } from '../../teacher/load-teacher.ts';
import type { HeadSettings } from '../config.ts';
import { createNoiseSchedule } from '../diffusion/noise-schedule.ts';
import { openSelfScoreStep } from '../diffusion/open-self-score-step.ts';
import type { HeadTemplate } from '../head-template/head-template.ts';
import { landmarkAnchors } from '../landmarks/landmark-anchors.ts';
import { createGuide, type Guide, type ShownView } from './guide.ts';

/** Whom to ask, and about what. */
export interface OpenGuidesOptions {
  readonly teacher: Teacher;
  readonly headTemplate: HeadTemplate;
  readonly prompt: string;
  /** Null: the teacher's own. */
  readonly negativePrompt: string | null;
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
  const { teacher, headTemplate } = options;
  const { manifest } = teacher;
  const batches = new Set([settings.geometry.viewsPerStep, settings.texture.viewsPerStep]);
  const steps = new Map(
    await Promise.all(
      [...batches].map(async (batch) => [batch, await openSelfScoreStep(teacher, batch)] as const),
    ),
  );
  const guideFor = (name: 'geometry' | 'texture'): Promise<Guide> => {
    const stage = manifest.stages[name];
    const domain = manifest.domains[stage.domain];
    const step = steps.get(settings[name].viewsPerStep);
    if (!step) throw new Error(`openGuides: expected a step for the views of ${name}, got none`);
    return createGuide({
      step,
      schedule: createNoiseSchedule(teacher.noise),
      framing: teacher.framing,
      imageSize: manifest.imageSize,
      viewWords: teacher.viewWords,
      promptStyle: {
        promptSuffix: domain.promptSuffix,
        negativePrompt: stage.negativePrompt ?? domain.negativePrompt,
      },
      prompt: options.prompt,
      negativePrompt: options.negativePrompt,
      guidanceScale: settings[name].guidanceScale ?? stage.guidanceScale,
      anchor: settings[name].anchor ?? stage.anchor,
      timesteps: stage.timesteps,
      landmarkAnchors: landmarkAnchors(headTemplate, manifest.landmarks),
      landmarkStyle: manifest.landmarks,
      encodeText: options.encodeText,
      onViews: options.onViews && ((views) => options.onViews?.(name, views)),
    });
  };
  return {
    geometry: await guideFor('geometry'),
    texture: await guideFor('texture'),
    dispose: async () => {
      for (const step of steps.values()) await step.dispose();
    },
  };
}
