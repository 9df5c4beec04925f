import type { TeacherNetworks } from '../onnx/networks/teacher-networks.ts';
import {
  compileDecoder,
  compileNoisePredictor,
  type LatentDecoder,
  type NoisePredictor,
} from '../onnx/teacher-sessions.ts';
import type { Camera } from '../ssd/cameras/camera.ts';
import { ddim } from '../ssd/diffusion/ddim.ts';
import { createNoiseSchedule, type NoiseSchedule } from '../ssd/diffusion/noise-schedule.ts';
import type { HeadTemplate } from '../ssd/head-template/head-template.ts';
import type { TextEncoder } from '../teacher/encode-text.ts';
import type { Teacher } from '../teacher/load-teacher.ts';
import { createRandom } from '../tensor/random.ts';
import { fromPlanes, joined } from './planes.ts';
import { type ConditionStyle, type SampleRequest, sampleConditions } from './sample-conditions.ts';
import { templateLandmarks } from './template-landmarks.ts';

/** A drawn picture and the landmarks of its view, both [S, S, 3] in [0, 1]. */
export interface SampledPicture {
  readonly image: Float32Array;
  readonly landmarks: Float32Array;
}

/** How pictures are drawn. */
export interface SampleSettings {
  readonly steps: number;
  /** 1 follows the prompt as it was learned, more exaggerates what tells it from the negative prompt. */
  readonly guidanceScale: number;
  /** `template`: those of the average head; `none`: the ControlNet is switched off. */
  readonly landmarks: 'template' | 'none';
  /** Told after each prediction of the noise, of how many. */
  readonly onStep?: (done: number, of: number) => void;
}

/** A teacher that draws pictures. */
export interface Sampler {
  readonly imageSize: number;
  /** Draws all pictures, a batch at a time. */
  sample(requests: readonly SampleRequest[], settings: SampleSettings): Promise<SampledPicture[]>;
  dispose(): Promise<void>;
}

/** Pictures of a batch: larger ones are not faster on a CPU and take more memory. */
const BATCH_MAX = 4;
/** Latents are scaled to a variance of about 1. */
const LATENT_LIMIT = 5;

/** What a sampler draws with: a loaded teacher, or one in training. */
export interface SamplerOptions {
  readonly teacher: SamplerTeacher;
  readonly template: HeadTemplate;
  /** Its owner disposes of it. */
  readonly encoder: Pick<TextEncoder, 'encode' | 'unconditional'>;
  /** How many pictures will be asked for at once, at most: few take a smaller batch. */
  readonly pictureCount: number;
}

/** What a sampler needs of a teacher. */
export type SamplerTeacher = TeacherNetworks & ConditionStyle & Pick<Teacher, 'noise'>;

/** What one batch is drawn with. */
interface Tools {
  readonly teacher: SamplerTeacher;
  readonly batch: number;
  readonly predictor: NoisePredictor;
  readonly decoder: LatentDecoder;
  readonly encoder: SamplerOptions['encoder'];
  readonly schedule: NoiseSchedule;
  landmarksAt(camera: Camera): Float32Array;
}

/**
 * Compiles a teacher for drawing pictures of heads by DDIM with classifier-free guidance.
 *
 * All sizes come from its manifest.
 * References: Ho and Salimans 2022 (arXiv 2207.12598) for the guidance.
 */
export async function openSampler({
  teacher,
  template,
  encoder,
  pictureCount,
}: SamplerOptions): Promise<Sampler> {
  const { imageSize, text, landmarks } = teacher.manifest;
  const batch = Math.min(BATCH_MAX, pictureCount);
  const rows = { batch: batch * 2, imageSize, textTokens: text.tokens };
  const tools: Tools = {
    teacher,
    batch,
    predictor: await compileNoisePredictor(teacher, rows),
    decoder: await compileDecoder(teacher, { batch, imageSize }),
    encoder,
    schedule: createNoiseSchedule(teacher.noise),
    landmarksAt: templateLandmarks(template, landmarks, imageSize),
  };
  return {
    imageSize,
    async sample(requests, settings) {
      const results: SampledPicture[] = [];
      const of = Math.ceil(requests.length / batch) * settings.steps;
      for (let start = 0; start < requests.length; start += batch) {
        const done = (start / batch) * settings.steps;
        const onStep = (step: number): void => settings.onStep?.(done + step, of);
        results.push(...(await sampleBatch(tools, requests.slice(start, start + batch), settings, onStep)));
      }
      return results;
    },
    async dispose() {
      await tools.predictor.dispose();
      await tools.decoder.dispose();
    },
  };
}

async function sampleBatch(
  { teacher, batch, predictor, decoder, encoder, schedule, landmarksAt }: Tools,
  requests: readonly SampleRequest[],
  settings: SampleSettings,
  onStep: (done: number) => void,
): Promise<SampledPicture[]> {
  // (1) Conditions; an unfilled batch repeats its last picture.
  const rows = Array.from({ length: batch }, (_, i) => requests[Math.min(i, requests.length - 1)]);
  const { text, landmarks, pictures } = await sampleConditions(rows, teacher, encoder, landmarksAt);
  const controlStrength = settings.landmarks === 'none' ? 0 : 1;

  // (2) Guided denoising of latents: ε = ε_unwanted + s·(ε_wanted − ε_unwanted).
  const latentLength = predictor.latentShape.slice(1).reduce((product, size) => product * size, 1);
  const noise = joined(rows.map(({ seed }) => createRandom(seed, 'sample').normals(latentLength)));
  const latents = await ddim({
    schedule,
    steps: settings.steps,
    noise,
    cleanLimit: LATENT_LIMIT,
    onStep,
    async predictNoise(sample, timestep) {
      const timesteps = new Float32Array(batch * 2).fill(timestep);
      const alphaBar = timesteps.map(() => schedule.alphasCumprod[timestep]);
      const twice = joined([sample, sample]);
      const both = await predictor.run({
        sample: twice,
        timesteps,
        alphaBar,
        text,
        landmarks,
        controlStrength,
      });
      const unwanted = both.subarray(sample.length);
      return unwanted.map((value, i) => value + settings.guidanceScale * (both[i] - value));
    },
  });

  // (3) Pictures.
  const planes = await decoder.run(latents);
  const length = planes.length / batch;
  return requests.map((_, n) => ({
    image: fromPlanes(planes.subarray(n * length, (n + 1) * length)),
    landmarks: pictures[n],
  }));
}
