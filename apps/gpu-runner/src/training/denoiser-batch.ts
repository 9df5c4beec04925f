import type { Dataset } from '../dataset/shards/open-dataset.ts';
import type { SessionInput } from '../onnx/session.ts';
import type { NoiseSchedule } from '../ssd/diffusion/noise-schedule.ts';
import type { RandomStream } from '../tensor/random.ts';
import type { CaptionCache } from './caption-cache.ts';
import { copyWindow } from './copy-window.ts';
import { createLandmarkWindows } from './landmark-windows.ts';
import type { LatentCache } from './latent-cache.ts';
import { minSnrWeight } from './min-snr-weight.ts';
import { mayMirror } from './mirror-example.ts';
import type { DenoiserTraining } from './training-config.ts';

/** What one sample of a batch is made of. */
export interface DenoiserSample {
  readonly example: number;
  readonly mirrored: boolean;
  readonly timestep: number;
  readonly hasText: boolean;
  readonly hasControl: boolean;
  /** Row and column of the window's first cell in the latent. */
  readonly corner: readonly [number, number];
}

/** Where batches come from. */
export interface DenoiserData {
  readonly dataset: Dataset;
  readonly latents: LatentCache;
  readonly captions: CaptionCache;
  /** [L, D] */
  readonly unconditional: Float32Array;
  readonly tokens: number;
  readonly width: number;
  readonly schedule: NoiseSchedule;
}

/**
 * Draws the samples of one training batch: mirror images, timesteps one in each of B equal bands (the loss of a batch
 * then varies less), which texts and controls are dropped, and where the window lies if there is one.
 */
export function drawSamples(
  examples: readonly number[],
  { dataset, latents, schedule }: Pick<DenoiserData, 'dataset' | 'latents' | 'schedule'>,
  config: Pick<DenoiserTraining, 'textDropout' | 'controlDropout' | 'windowCells'>,
  random: RandomStream,
): DenoiserSample[] {
  const steps = schedule.alphasCumprod.length;
  const last = latents.shape[1] - windowSide(config, latents);
  return examples.map((example, i) => ({
    example,
    mirrored: random.uniform() < 0.5 && mayMirror(dataset.examples[example]),
    timestep: Math.floor(((i + random.uniform()) / examples.length) * steps),
    hasText: random.uniform() >= config.textDropout,
    hasControl: random.uniform() >= config.controlDropout,
    corner: last === 0 ? [0, 0] : [random.integer(0, last), random.integer(0, last)],
  }));
}

/** Side of the part of a latent that is shown, cells. */
export function windowSide(
  { windowCells }: Pick<DenoiserTraining, 'windowCells'>,
  { shape: [, side] }: Pick<LatentCache, 'shape'>,
): number {
  if (windowCells === null) return side;
  if (windowCells > side)
    throw new Error(`windowCells: expected at most the latent's side, ${side}, got ${windowCells}`);
  return windowCells;
}

/** What of a training's config a batch depends on. */
export type BatchConfig = Pick<DenoiserTraining, 'batch' | 'minSnrGamma' | 'prediction' | 'textScale'>;

/**
 * Writes batches of one size into arrays that are used again by the next one.
 *
 * Of latent and landmark picture a sample shows the square of `window` cells at its corner.
 */
export function createDenoiserBatch(
  { batch, minSnrGamma, prediction, textScale }: BatchConfig,
  data: DenoiserData,
  window: number = data.latents.shape[1],
): (samples: readonly DenoiserSample[], noise: Float32Array) => Readonly<Record<string, SessionInput>> {
  const { dataset, latents, captions, unconditional, tokens, width, schedule } = data;
  const [channels, side] = latents.shape;
  const windowPixels = (dataset.info.imageSize / side) * window;
  const latentCount = channels * window * window;
  const textCount = tokens * width;
  const imageCount = 3 * windowPixels * windowPixels;
  const whole = new Float32Array(channels * side * side);
  const latent = new Float32Array(latentCount);
  const showLandmarks = createLandmarkWindows(dataset, side, window);
  const arrays = {
    sample: zeros(batch, channels, window, window),
    target: zeros(batch, channels, window, window),
    timesteps: zeros(batch),
    weights: zeros(batch),
    control: zeros(batch),
    text: zeros(batch, tokens, width),
    landmarks: zeros(batch, 3, windowPixels, windowPixels),
  };
  return (samples, noise) => {
    if (samples.length > batch || noise.length !== batch * latentCount) {
      throw new Error(`createDenoiserBatch: expected at most ${batch} samples, got ${samples.length}`);
    }
    samples.forEach(({ example, mirrored, timestep, hasText, hasControl, corner }, slot) => {
      const alphaBar = schedule.alphasCumprod[timestep];
      const [signal, sigma] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
      latents.read(example, mirrored, whole);
      copyWindow({ planes: whole, side }, corner, { planes: latent, side: window });
      for (let i = 0, at = slot * latentCount; i < latentCount; i++, at++) {
        arrays.sample.data[at] = signal * latent[i] + sigma * noise[at];
        arrays.target.data[at] =
          prediction === 'epsilon' ? noise[at] : signal * noise[at] - sigma * latent[i];
      }
      const text = arrays.text.data.subarray(slot * textCount, (slot + 1) * textCount);
      if (hasText) captions.read(example, text);
      else text.set(unconditional);
      for (let i = 0; i < textCount; i++) text[i] *= textScale;
      const landmarks = arrays.landmarks.data.subarray(slot * imageCount, (slot + 1) * imageCount);
      showLandmarks(example, mirrored, corner, landmarks);
      arrays.timesteps.data[slot] = timestep;
      arrays.weights.data[slot] = minSnrWeight(alphaBar, minSnrGamma);
      arrays.control.data[slot] = hasControl ? 1 : 0;
    });
    return arrays;
  };
}

function zeros(...shape: number[]): { readonly data: Float32Array; readonly shape: readonly number[] } {
  return { data: new Float32Array(shape.reduce((count, size) => count * size, 1)), shape };
}
