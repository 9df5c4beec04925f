/**
 * Score distillation: the frozen teacher judges a render with high guidance, and an estimate of what the render already is
 * is taken off; the difference is the gradient.
 *
 *     z   = encode(2·image − 1)            z_t = √ᾱ_t · z + √(1−ᾱ_t) · ε      one ε and one t for all branches
 *     target    ε_π  = ε_neg + s · (ε_text − ε_neg)                           the teacher at guidance scale s
 *     estimate  ε̂_π  = ε_text (ssd) | ε_plain (ssd-paper) | ε (sds) | ε_LoRA (vsd)
 *     ∂L/∂z = w(t) · (ε_π − ε̂_π + λ · (ε_text − ε)),                          w(t) = 1 − ᾱ_t
 *
 * `ssd` compares the teacher with itself at guidance scale 1, w(t)·(s − 1)·(ε_text − ε_neg): two samples a view, and
 * exactly zero at s = 1. The anchor λ is a restoring force: `ssd` with λ = 1 is `sds`. The gradient reaches the image
 * through the encoder's vector-Jacobian product.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.2, equation for ∇L_SSD; docs/method.md on the anchor.
 */
import type { SelfScoreStep } from '../../onnx/self-score-step.ts';
import type { RandomStream } from '../../tensor/random.ts';
import { type NoiseSchedule, scoreWeight } from '../diffusion/noise-schedule.ts';
import {
  firstChannels,
  interleavedPictures,
  joinArrays,
  planarPictures,
  spreadFirstChannel,
} from './batch-pictures.ts';
import type { ScoreSettings } from './score-settings.ts';

/** One rendered view with what the teacher is told about it. */
export interface ScoredView {
  /** [S, S, 3] the render, in [0, 1]. */
  readonly image: Float32Array;
  /** [S, S, 3] the mask, the same in all channels, where picture and mask are the latent themselves. */
  readonly mask?: Float32Array | undefined;
  /** [S, S, 3] the landmark picture, in [0, 1]. */
  readonly landmarks: Float32Array;
  /** [tokens, width] of the prompt with its view words. */
  readonly text: Float32Array;
  /** [tokens, width] of the negative prompt. */
  readonly negativeText: Float32Array;
  /** [tokens, width] of the prompt without view words; read by `ssd-paper` and by the training of `vsd`. */
  readonly plainText: Float32Array;
}

/** How strongly, and at which noise levels, the teacher is asked. */
export interface SelfScoreSettings {
  /** s. */
  readonly guidanceScale: number;
  /** λ. */
  readonly anchor: number;
  /** Timesteps to draw from, both ends included. */
  readonly timesteps: readonly [number, number];
  readonly controlStrength: ScoreSettings['controlStrength'];
  readonly weighting: Required<ScoreSettings>['weighting'];
  /** [P] the present low-rank updates; wanted by `vsd`. */
  readonly lora?: Float32Array | undefined;
}

/** The gradient of one step. */
export interface ImageGradients {
  /** [S, S, 3] for each view: the loss summed over its latent, averaged over the views. */
  readonly images: readonly Float32Array[];
  /** [S, S, 3] the same for each view's mask, all of it in the first channel; where the views have masks. */
  readonly masks?: readonly Float32Array[] | undefined;
  /** Root mean square of ∂L/∂z over all views, before averaging. */
  readonly latentRms: number;
  /** The timesteps that were drawn, one a view. */
  readonly timesteps?: readonly number[];
  /** [B, C, h, h] z of all views, overwritten by the next step. */
  readonly latents: Float32Array;
  /** By `vsd`: the loss of the low-rank updates as a share of the bare UNet's, before this step. */
  readonly loraLossShare?: number | undefined;
}

/** Draws t and ε for each view and asks the fused step for the gradients. */
export async function selfScore(
  step: SelfScoreStep,
  schedule: NoiseSchedule,
  views: readonly ScoredView[],
  settings: SelfScoreSettings,
  random: RandomStream,
): Promise<ImageGradients> {
  const [batch, ...latent] = step.latentShape;
  if (views.length !== batch) throw new Error(`selfScore: expected ${batch} views, got ${views.length}`);
  const latentLength = batch * latent.reduce((product, size) => product * size, 1);
  const timesteps = views.map(() => random.integer(...settings.timesteps));
  const noise = random.normals(latentLength);
  const {
    imageGradient,
    maskGradient,
    latentGradient,
    latent: latents,
    loraLossShare,
  } = await step.run({
    image: planarPictures(views.map((view) => view.image)),
    landmarks: planarPictures(views.map((view) => view.landmarks)),
    noise,
    ...(step.takes('mask') ? { mask: firstChannels(views.map(({ mask }) => mask ?? missingMask())) } : {}),
    ...(step.takes('posteriorNoise') ? { posteriorNoise: random.normals(latentLength) } : {}),
    timesteps: Float32Array.from(timesteps),
    alphaBar: Float32Array.from(timesteps, (t) => schedule.alphasCumprod[t]),
    weights: Float32Array.from(timesteps, (t) => scoreWeight(schedule, t, settings.weighting)),
    text: joinArrays(views.map((view) => view.text)),
    negativeText: joinArrays(views.map((view) => view.negativeText)),
    ...(step.takes('plainText') ? { plainText: joinArrays(views.map((view) => view.plainText)) } : {}),
    guidanceScale: settings.guidanceScale,
    anchor: settings.anchor,
    controlStrength: settings.controlStrength.target,
    ...(step.takes('estimateControlStrength')
      ? { estimateControlStrength: settings.controlStrength.estimate }
      : {}),
    ...(settings.lora ? { lora: settings.lora } : {}),
  });
  let squares = 0;
  for (const g of latentGradient) squares += g * g;
  return {
    images: interleavedPictures(imageGradient, batch),
    masks: maskGradient && spreadFirstChannel(maskGradient, batch),
    latentRms: Math.sqrt(squares / latentLength),
    timesteps,
    latents,
    loraLossShare: loraLossShare?.[0],
  };
}

function missingMask(): never {
  throw new Error('selfScore: expected a mask of every view, got none');
}
