import type { LoraStep } from '../../onnx/lora-step.ts';
import type { RandomStream } from '../../tensor/random.ts';
import type { NoiseSchedule } from '../diffusion/noise-schedule.ts';
import { joinArrays, planarPictures } from '../distillation/batch-pictures.ts';
import type { LoraSettings } from '../distillation/score-settings.ts';
import type { ScoredView } from '../distillation/self-score.ts';
import { createAdamW, stepAdamW } from '../optimizer/adamw.ts';
import { type LearnedState, learnedState } from './learned-state.ts';

/** The estimate of `vsd`: low-rank updates of the UNet that learn, step by step, what the renders look like. */
export interface LoraEstimate {
  /** [P] the present updates. */
  readonly parameters: Float32Array;
  readonly learned: LearnedState;
  /** One step of AdamW on the latents [B, C, h, h] of the views just scored; answers the loss before it. */
  train(
    views: readonly ScoredView[],
    latents: Float32Array,
    controlStrength: number,
    random: RandomStream,
  ): Promise<number>;
}

/** Of torch's AdamW, which threestudio leaves at its default. */
const WEIGHT_DECAY = 0.01;

/**
 * Starts the updates at the bare UNet.
 *
 * Timesteps are drawn from the whole schedule and noise anew, both apart from the score's. Where threestudio tells the
 * updates the camera, and drops it for a tenth of the views, these are told the view words, and not for `plainShare`.
 * References: Wang et al. 2023, "ProlificDreamer" (arXiv 2305.16213), algorithm 1; threestudio's
 * stable_diffusion_vsd_guidance.
 */
export function createLoraEstimate(
  step: LoraStep,
  schedule: NoiseSchedule,
  settings: LoraSettings,
  random: RandomStream,
): LoraEstimate {
  const parameters = step.initial(random);
  const gradient = new Float32Array(parameters.length);
  const optimizer = createAdamW(parameters.length);
  const group = {
    start: 0,
    end: parameters.length,
    learningRate: settings.learningRate,
    weightDecay: WEIGHT_DECAY,
  };
  return {
    parameters,
    learned: learnedState({ lora: { parameters, optimizer } }),
    async train(views, latents, controlStrength, drawn) {
      const timesteps = views.map(() => drawn.integer(0, schedule.alphasCumprod.length - 1));
      const texts = views.map((view) => (drawn.uniform() < settings.plainShare ? view.plainText : view.text));
      const inputs = {
        lora: parameters,
        latent: latents,
        noise: drawn.normals(latents.length),
        timesteps: Float32Array.from(timesteps),
        alphaBar: Float32Array.from(timesteps, (t) => schedule.alphasCumprod[t]),
        text: joinArrays(texts),
        landmarks: planarPictures(views.map((view) => view.landmarks)),
        controlStrength,
      };
      const loss = await step.run(inputs, gradient);
      stepAdamW(optimizer, parameters, gradient, [group]);
      return loss;
    },
  };
}
