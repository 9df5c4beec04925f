import type { TimestepSpan } from './timestep-span.ts';

/** How a stage asks the teacher; what is left out is the teacher's own, from its manifest. */
export interface ScoreSettings {
  /**
   * What the guided prediction is compared with: `ssd` the same words without guidance, `ssd-paper` the prompt without view
   * words, `sds` the drawn noise, `vsd` a UNet with low-rank updates that is trained along. Paper: `ssd-paper`.
   */
  readonly estimate: 'ssd' | 'ssd-paper' | 'sds' | 'vsd';
  /** s. Paper: 100 (geometry), 7.5 (texture). */
  readonly guidanceScale?: number;
  /** λ. Paper: 0. */
  readonly anchor?: number;
  /** Noise levels over the stage. Paper: 20 … 500 (geometry); 20 … 980, from half of the steps 20 … 700 (texture). */
  readonly timesteps?: readonly TimestepSpan[];
  /** Factor of the landmarks' residuals in each branch; 0 is no landmarks. Paper: 1 and 1. */
  readonly controlStrength: { readonly target: number; readonly estimate: number };
  /** False leaves the teacher's negative prompt out; a customer's stays. Paper: false (geometry), true (texture). */
  readonly negativePrompt: boolean;
  /**
   * w(t): `noise` is 1 − ᾱ_t; `clean` is √((1 − ᾱ_t)/ᾱ_t), which makes the difference of predicted noises one of predicted
   * clean latents. Paper: `noise`.
   */
  readonly weighting?: 'noise' | 'clean';
  /** φ: share of the guided prediction that is shrunk to the deviation of the unguided one. Paper: 0. */
  readonly guidanceRescale: number;
  /** Bound of every entry of the weighted latent gradient, or null. Paper: none. */
  readonly gradientBound: number | null;
  /** The trained low-rank updates of `vsd`. */
  readonly lora: LoraSettings;
}

/** How the updates of `vsd` are trained; "threestudio" is its ProlificDreamer. */
export interface LoraSettings {
  /** Rank of each update. threestudio: 4. */
  readonly rank: number;
  /** Step size of AdamW. threestudio: 1e-4, over 25,000 steps instead of some hundred. */
  readonly learningRate: number;
  /** Share of the views whose training text has no view words. threestudio: 0.1 of the cameras are dropped. */
  readonly plainShare: number;
}

/** The form that runs where a preset says nothing else. */
export const SCORE_DEFAULTS: ScoreSettings = {
  estimate: 'ssd',
  controlStrength: { target: 1, estimate: 1 },
  negativePrompt: true,
  guidanceRescale: 0,
  gradientBound: null,
  lora: { rank: 4, learningRate: 1e-3, plainShare: 0.1 },
};

/** True where the estimate is a prediction of its own that sees the landmarks otherwise than the target. */
export function hasOwnControl({ estimate, controlStrength }: ScoreSettings): boolean {
  return estimate !== 'sds' && controlStrength.target !== controlStrength.estimate;
}

/**
 * Samples of the teacher that one view of a step costs: one is a ControlNet and UNet pass for one view and one text, and
 * an update of the low-rank weights counts three.
 */
export function samplesPerView(settings: ScoreSettings): number {
  switch (settings.estimate) {
    case 'ssd':
      return hasOwnControl(settings) ? 3 : 2;
    case 'ssd-paper':
      return 3;
    case 'sds':
      return 2;
    case 'vsd':
      return 3 + 3;
  }
}
