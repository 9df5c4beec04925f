import { compileLatentEncoder } from '../../onnx/latent-encoder.ts';
import { compileNoisePredictor, type NoisePredictor } from '../../onnx/teacher-sessions.ts';
import { joined, toPlanes } from '../../sampling/planes.ts';
import { templateLandmarks } from '../../sampling/template-landmarks.ts';
import { orbitCamera } from '../../ssd/cameras/orbit.ts';
import { viewWordsAt } from '../../ssd/cameras/view-words.ts';
import { createNoiseSchedule, type NoiseSchedule } from '../../ssd/diffusion/noise-schedule.ts';
import { viewPrompt } from '../../ssd/diffusion/view-prompt.ts';
import type { TexturedHead } from '../../ssd/export/textured-head.ts';
import type { HeadTemplate } from '../../ssd/head-template/head-template.ts';
import { renderTextured } from '../../ssd/renderer/render-preview.ts';
import type { TextEncoder } from '../../teacher/encode-text.ts';
import type { Teacher } from '../../teacher/load-teacher.ts';
import { createRandom } from '../../tensor/random.ts';
import { type DenoisedView, type DenoisingRow, denoisingErrors } from './denoising-errors.ts';

/** A teacher that is asked which prompt a head fits best. */
export interface PromptRecall {
  /** How badly each prompt explains the head; the least is the teacher's answer. */
  errors(head: TexturedHead, prompts: readonly string[]): Promise<number[]>;
  dispose(): Promise<void>;
}

/** What is asked of every head: part of the key under which answers are kept. */
export const RECALL_SETTINGS = {
  degrees: [0, 45, 90, 180],
  /** Shares of the schedule: nearly clean pictures and nearly pure noise tell prompts apart least. */
  noiseLevels: [0.15, 0.3, 0.45, 0.6, 0.75],
  seed: 1,
} as const;

/** Rows of one call; more are not faster on a CPU. */
const BATCH = 4;
const BACKGROUND = [0.5, 0.5, 0.5] as const;

/**
 * Binds a teacher as a classifier of prompts. It sees heads as in the texture stage, unlit on gray, with the template's
 * landmarks, whichever the prompt.
 */
export async function openPromptRecall(
  teacher: Teacher,
  template: HeadTemplate,
  encoder: Pick<TextEncoder, 'encode'>,
): Promise<PromptRecall> {
  const { imageSize, text, landmarks } = teacher.manifest;
  const latents = await compileLatentEncoder(teacher, { batch: 1, imageSize });
  const predictor = await compileNoisePredictor(teacher, {
    batch: BATCH,
    imageSize,
    textTokens: text.tokens,
  });
  const schedule = createNoiseSchedule(teacher.noise);
  const landmarksAt = templateLandmarks(template, landmarks, imageSize);
  const { num_train_timesteps: steps } = teacher.noise;
  return {
    async errors(head, prompts) {
      const views: DenoisedView[] = [];
      for (const degrees of RECALL_SETTINGS.degrees) {
        const camera = orbitCamera(teacher.framing, (degrees * Math.PI) / 180);
        const image = renderTextured({
          ...head,
          camera,
          size: imageSize,
          background: BACKGROUND,
          lighting: 'albedo',
        });
        views.push({
          latent: await latents.run(toPlanes(image)),
          landmarks: toPlanes(landmarksAt(camera)),
          texts: await viewTexts(teacher, encoder, camera.azimuthRad, prompts),
        });
      }
      return denoisingErrors({
        views,
        schedule,
        timesteps: RECALL_SETTINGS.noiseLevels.map((level) => Math.round(level * steps)),
        random: createRandom(RECALL_SETTINGS.seed, 'recall'),
        predictNoise: (rows) => predictRows(predictor, schedule, rows),
      });
    },
    async dispose() {
      await latents.dispose();
      await predictor.dispose();
    },
  };
}

/** Each prompt with a view's words, as in the texture stage. */
async function viewTexts(
  { manifest, viewWords }: Teacher,
  encoder: Pick<TextEncoder, 'encode'>,
  azimuthRad: number,
  prompts: readonly string[],
): Promise<Float32Array[]> {
  const texts: Float32Array[] = [];
  for (const prompt of prompts) {
    const { text } = viewPrompt(manifest.domains.photo, prompt, null, viewWordsAt(azimuthRad, viewWords));
    texts.push(await encoder.encode(text.words, text.ending));
  }
  return texts;
}

/** ε of any number of rows; the last call is filled up with its last row. */
async function predictRows(
  predictor: NoisePredictor,
  schedule: NoiseSchedule,
  rows: readonly DenoisingRow[],
): Promise<Float32Array[]> {
  const found: Float32Array[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const own = Array.from({ length: BATCH }, (_, i) => rows[Math.min(start + i, rows.length - 1)]);
    const epsilon = await predictor.run({
      sample: joined(own.map(({ sample }) => sample)),
      timesteps: Float32Array.from(own, ({ timestep }) => timestep),
      alphaBar: Float32Array.from(own, ({ timestep }) => schedule.alphasCumprod[timestep]),
      text: joined(own.map(({ text }) => text)),
      landmarks: joined(own.map(({ landmarks }) => landmarks)),
      controlStrength: 1,
    });
    const size = epsilon.length / BATCH;
    const count = Math.min(BATCH, rows.length - start);
    for (let i = 0; i < count; i++) found.push(epsilon.slice(i * size, (i + 1) * size));
  }
  return found;
}
