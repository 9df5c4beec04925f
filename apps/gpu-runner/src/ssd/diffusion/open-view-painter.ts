import { compileLatentEncoder } from '../../onnx/latent-encoder.ts';
import { compileDecoder, compileNoisePredictor } from '../../onnx/teacher-sessions.ts';
import type { Teacher } from '../../teacher/load-teacher.ts';
import { ddim } from './ddim.ts';
import { dpmSolver } from './dpm-solver.ts';
import { createNoiseSchedule } from './noise-schedule.ts';

/** How a picture is made from a picture. */
export interface PaintSettings {
  /** Share of the noise schedule that is noised and denoised again; 1 begins at pure noise and forgets the picture. */
  readonly strength: number;
  /** Predictions of the noise. */
  readonly steps: number;
  readonly solver: 'ddim' | 'dpm-solver++';
  /** s of classifier-free guidance against the negative prompt. */
  readonly guidanceScale: number;
}

/** One picture to be painted over: arrays of one view in the networks' layout. */
export interface PaintInputs {
  /** [3, S, S] in [0, 1]. */
  readonly image: Float32Array;
  /** [3, S, S] landmark picture in [0, 1]. */
  readonly landmarks: Float32Array;
  /** [tokens, width]. */
  readonly text: Float32Array;
  readonly negativeText: Float32Array;
  /** [C, h, h] standard normal. */
  readonly noise: Float32Array;
}

/** A teacher that samples. */
export interface ViewPainter {
  /** Numbers in the noise of one picture. */
  readonly latentLength: number;
  /** [3, S, S] nominally in [0, 1]. */
  paint(inputs: PaintInputs, settings: PaintSettings): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Latents are scaled to a variance of about 1. */
const LATENT_LIMIT = 5;

/**
 * Compiles a teacher for painting over one view at a time: encode, noise to the strength, denoise under prompt and
 * landmarks, decode.
 *
 * References: Meng et al. 2022, "SDEdit" (arXiv 2108.01073), algorithm 1; Ho and Salimans 2022 (arXiv 2207.12598) for the
 * guidance.
 */
export async function openViewPainter(teacher: Teacher): Promise<ViewPainter> {
  const { imageSize, text } = teacher.manifest;
  const encoder = await compileLatentEncoder(teacher, { batch: 1, imageSize });
  const predictor = await compileNoisePredictor(teacher, { batch: 2, imageSize, textTokens: text.tokens });
  const decoder = await compileDecoder(teacher, { batch: 1, imageSize });
  const schedule = createNoiseSchedule(teacher.noise);
  const { alphasCumprod } = schedule;
  return {
    latentLength: predictor.latentShape.slice(1).reduce((product, size) => product * size, 1),
    async paint({ image, landmarks, text: wanted, negativeText, noise }, settings) {
      const { strength, steps, guidanceScale } = settings;
      // (1) The picture, noised.
      const startTimestep = Math.round(strength * alphasCumprod.length) - 1;
      const signal = strength < 1 ? Math.sqrt(alphasCumprod[startTimestep]) : 0;
      const noisiness = Math.sqrt(1 - signal * signal);
      const latent = await encoder.run(image);
      const start = noise.map((value, i) => signal * latent[i] + noisiness * value);

      // (2) Denoised: ε = ε_unwanted + s·(ε_wanted − ε_unwanted).
      const texts = twice(wanted, negativeText);
      const hints = twice(landmarks, landmarks);
      const solve = settings.solver === 'ddim' ? ddim : dpmSolver;
      const painted = await solve({
        schedule,
        steps,
        startTimestep,
        noise: start,
        cleanLimit: LATENT_LIMIT,
        async predictNoise(sample, timestep) {
          const both = await predictor.run({
            sample: twice(sample, sample),
            timesteps: new Float32Array(2).fill(timestep),
            alphaBar: new Float32Array(2).fill(alphasCumprod[timestep]),
            text: texts,
            landmarks: hints,
            controlStrength: 1,
          });
          const unwanted = both.subarray(sample.length);
          return unwanted.map((value, i) => value + guidanceScale * (both[i] - value));
        },
      });
      return decoder.run(painted);
    },
    async dispose() {
      await encoder.dispose();
      await predictor.dispose();
      await decoder.dispose();
    },
  };
}

function twice(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
