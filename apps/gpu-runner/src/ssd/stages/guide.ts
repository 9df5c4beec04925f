import type { SelfScoreStep } from '../../onnx/self-score-step.ts';
import type { RandomStream } from '../../tensor/random.ts';
import type { Camera } from '../cameras/camera.ts';
import type { Framing } from '../cameras/sample-camera.ts';
import { type ViewWords, viewWordsAt } from '../cameras/view-words.ts';
import type { NoiseSchedule } from '../diffusion/noise-schedule.ts';
import { type EndedText, type PromptStyle, viewPrompt } from '../diffusion/view-prompt.ts';
import type { ScoreSettings } from '../distillation/score-settings.ts';
import {
  type ImageGradients,
  type ScoredView,
  type SelfScoreSettings,
  selfScore,
} from '../distillation/self-score.ts';
import { timestepSpanAt } from '../distillation/timestep-span.ts';
import { drawLandmarks } from '../landmarks/draw-landmarks.ts';
import {
  followSurface,
  type LandmarkAnchors,
  type LandmarkStyle,
  type SurfaceField,
} from '../landmarks/landmark-anchors.ts';
import { releasedLandmarks } from '../landmarks/released-landmarks.ts';
import { projectLandmarks } from '../landmarks/project-landmarks.ts';
import type { LearnedState } from './learned-state.ts';
import type { LoraEstimate } from './lora-estimate.ts';
import type { Raster } from '../renderer/rasterize.ts';
import type { RenderTarget } from '../renderer/render-target.ts';

/** What the teacher is asked in one stage, and with which words. */
export interface GuideOptions {
  readonly step: SelfScoreStep;
  /** Scores views that come with masks: picture and mask are the latent themselves. */
  readonly latentPictureStep?: SelfScoreStep | undefined;
  readonly schedule: NoiseSchedule;
  readonly framing: Framing;
  /** Side of the teacher's picture, pixels. */
  readonly imageSize: number;
  readonly viewWords: ViewWords;
  readonly promptStyle: PromptStyle;
  readonly prompt: string;
  readonly negativePrompt: string | null;
  /**
   * What an edit starts from: its words, with the same words around them as the prompt has, take the negative prompt's
   * place, so that the guidance is about what the two differ in.
   */
  readonly contrast?: string | undefined;
  /** With everything that a preset leaves to the teacher. */
  readonly score: Required<ScoreSettings>;
  /** The estimate of `vsd`. */
  readonly lora?: LoraEstimate | undefined;
  /** Told the loss of that estimate in each step, as a share of the bare UNet's at the same noise. */
  readonly onLoraLoss?: ((loss: number) => void) | undefined;
  readonly landmarkAnchors: LandmarkAnchors;
  readonly landmarkStyle: LandmarkStyle;
  /** Draw the landmarks as the release does, not those of the present head. */
  readonly releasedLandmarks?: boolean | undefined;
  /** Told what the teacher is about to be shown; the pictures are the renderer's and change with the next step. */
  readonly onViews?: ((views: readonly ShownView[]) => void) | undefined;
  /** [tokens, width] of words with an ending; see `TextEncoder`. */
  encodeText(words: string, ending: string): Promise<Float32Array>;
}

/** What the teacher is shown of one view, both [S, S, 3] in [0, 1]. */
export interface ShownView {
  readonly azimuthRad: number;
  readonly image: Float32Array;
  readonly landmarks: Float32Array;
}

/** One rendered view. */
export interface GuidedView {
  readonly camera: Camera;
  readonly target: RenderTarget;
  /** [S, S, 3] its mask, on all views of a step or on none. */
  readonly mask?: Float32Array | undefined;
}

/** What the teacher is told about one view besides its picture. */
export type ViewConditions = Pick<ScoredView, 'landmarks' | 'text' | 'negativeText' | 'plainText'>;

/** A stage's view of the frozen teacher. */
export interface Guide {
  readonly framing: Framing;
  /** Side of the teacher's picture, pixels. */
  readonly imageSize: number;
  /** Views that one step takes. */
  readonly viewsPerStep: number;
  /**
   * The score gradient of rendered views. `landmarks` are those of the head as it is now, `progress` is 0 … 1
   * through the stage.
   */
  gradients(
    views: readonly GuidedView[],
    landmarks: LandmarkAnchors,
    progress: number,
    random: RandomStream,
  ): Promise<ImageGradients>;
  /** What the teacher is told about a view whose surface lies in `raster`, with landmarks as for `gradients`. */
  conditions(camera: Camera, raster: Raster, landmarks: LandmarkAnchors): ViewConditions;
  /** What the guide itself learns from step to step, for snapshots; absent where it learns nothing. */
  readonly learned?: LearnedState | undefined;
  /** The landmarks on the surface of `field`. */
  follow(field: SurfaceField): LandmarkAnchors;
}

/** Binds a compiled teacher to a prompt. Texts are encoded before the first step, one for each view words. */
export async function createGuide(options: GuideOptions): Promise<Guide> {
  const { viewWords, landmarkStyle, imageSize, lora } = options;
  const texts = await encodeViewPrompts(options);
  const conditions: Guide['conditions'] = (camera, raster, landmarks) => {
    const words = viewWordsAt(camera.azimuthRad, viewWords);
    const encoded = texts.get(words);
    if (!encoded) throw new Error('createGuide: expected view words that were encoded, got others');
    const projected = options.releasedLandmarks
      ? releasedLandmarks(options.landmarkAnchors, camera, landmarkStyle)
      : projectLandmarks(landmarks, camera, raster, landmarkStyle);
    return { landmarks: drawLandmarks(landmarks, projected, landmarkStyle, imageSize), ...encoded };
  };
  return {
    framing: options.framing,
    imageSize,
    viewsPerStep: options.step.latentShape[0],
    follow: (field) => followSurface(options.landmarkAnchors, field),
    conditions,
    learned: lora?.learned,
    async gradients(views, landmarks, progress, random) {
      const span = timestepSpanAt(options.score.timesteps, progress);
      const settings: SelfScoreSettings = {
        ...options.score,
        guidanceScale: 1 + (options.score.guidanceScale - 1) * (span.guidanceShare ?? 1),
        lora: lora?.parameters,
        timesteps: span.range,
      };
      const scored = views.map(({ camera, target, mask }) => ({
        image: target.image,
        mask,
        ...conditions(camera, target.raster, landmarks),
      }));
      options.onViews?.(scored.map((view, v) => ({ ...view, azimuthRad: views[v].camera.azimuthRad })));
      const step = scored[0].mask ? options.latentPictureStep : options.step;
      if (!step) throw new Error('createGuide: expected views without masks, got some with');
      const result = await selfScore(step, options.schedule, scored, settings, random);
      if (lora) {
        const { estimate } = settings.controlStrength;
        await lora.train(scored, result.latents, estimate, random.fork('lora'));
        if (result.loraLossShare !== undefined) options.onLoraLoss?.(result.loraLossShare);
      }
      return result;
    },
  };
}

type ViewTexts = Pick<ScoredView, 'text' | 'negativeText' | 'plainText'>;

async function encodeViewPrompts(options: GuideOptions): Promise<Map<string, ViewTexts>> {
  const { front, side, back } = options.viewWords;
  const encode = ({ words, ending }: EndedText): Promise<Float32Array> => options.encodeText(words, ending);
  const texts = new Map<string, ViewTexts>();
  for (const words of [front, side, back]) {
    const { promptStyle, negativePrompt, contrast } = options;
    const prompt = viewPrompt(promptStyle, options.prompt, negativePrompt, words);
    const against =
      contrast === undefined ? prompt.negativeText : viewPrompt(promptStyle, contrast, null, words).text;
    texts.set(words, {
      text: await encode(prompt.text),
      negativeText: await encode(against),
      plainText: await encode(prompt.plainText),
    });
  }
  return texts;
}
