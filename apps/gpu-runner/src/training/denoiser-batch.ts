import type { Dataset } from '../dataset/shards/open-dataset.ts';
import type { SessionInput } from '../onnx/session.ts';
import type { NoiseSchedule } from '../ssd/diffusion/noise-schedule.ts';
import type { RandomStream } from '../tensor/random.ts';
import type { CaptionCache } from './caption-cache.ts';
import type { LatentCache } from './latent-cache.ts';
import { minSnrWeight } from './min-snr-weight.ts';
import { mayMirror, mirroredLandmarks, writeLandmarkPlanes } from './mirror-example.ts';
import type { DenoiserTraining } from './training-config.ts';

/** What one sample of a batch is made of. */
export interface DenoiserSample {
  readonly example: number;
  readonly mirrored: boolean;
  readonly timestep: number;
  readonly hasText: boolean;
  readonly hasControl: boolean;
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
 * then varies less), and which texts and controls are dropped.
 */
export function drawSamples(
  examples: readonly number[],
  { dataset, schedule }: Pick<DenoiserData, 'dataset' | 'schedule'>,
  config: Pick<DenoiserTraining, 'textDropout' | 'controlDropout'>,
  random: RandomStream,
): DenoiserSample[] {
  const steps = schedule.alphasCumprod.length;
  return examples.map((example, i) => ({
    example,
    mirrored: random.uniform() < 0.5 && mayMirror(dataset.examples[example]),
    timestep: Math.floor(((i + random.uniform()) / examples.length) * steps),
    hasText: random.uniform() >= config.textDropout,
    hasControl: random.uniform() >= config.controlDropout,
  }));
}

/** What of a training's config a batch depends on. */
export type BatchConfig = Pick<DenoiserTraining, 'batch' | 'minSnrGamma' | 'prediction' | 'textScale'>;

/** Writes batches of one size into arrays that are used again by the next one. */
export function createDenoiserBatch(
  { batch, minSnrGamma, prediction, textScale }: BatchConfig,
  data: DenoiserData,
): (samples: readonly DenoiserSample[], noise: Float32Array) => Readonly<Record<string, SessionInput>> {
  const { dataset, latents, captions, unconditional, tokens, width, schedule } = data;
  const { imageSize, palette } = dataset.info;
  const [channels, side] = latents.shape;
  const latentCount = channels * side * side;
  const textCount = tokens * width;
  const imageCount = 3 * imageSize * imageSize;
  const mirror = mirroredLandmarks(palette);
  const latent = new Float32Array(latentCount);
  const arrays = {
    sample: new Float32Array(batch * latentCount),
    target: new Float32Array(batch * latentCount),
    timesteps: new Float32Array(batch),
    weights: new Float32Array(batch),
    control: new Float32Array(batch),
    text: new Float32Array(batch * textCount),
    landmarks: new Float32Array(batch * imageCount),
  };
  return (samples, noise) => {
    if (samples.length > batch || noise.length !== batch * latentCount) {
      throw new Error(`createDenoiserBatch: expected at most ${batch} samples, got ${samples.length}`);
    }
    samples.forEach(({ example, mirrored, timestep, hasText, hasControl }, slot) => {
      const alphaBar = schedule.alphasCumprod[timestep];
      const [signal, sigma] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
      latents.read(example, mirrored, latent);
      for (let i = 0, at = slot * latentCount; i < latentCount; i++, at++) {
        arrays.sample[at] = signal * latent[i] + sigma * noise[at];
        arrays.target[at] = prediction === 'epsilon' ? noise[at] : signal * noise[at] - sigma * latent[i];
      }
      const text = arrays.text.subarray(slot * textCount, (slot + 1) * textCount);
      if (hasText) captions.read(example, text);
      else text.set(unconditional);
      for (let i = 0; i < textCount; i++) text[i] *= textScale;
      const landmarks = arrays.landmarks.subarray(slot * imageCount, (slot + 1) * imageCount);
      const indices = dataset.landmarkIndices(example);
      writeLandmarkPlanes(indices, imageSize, palette, mirrored ? mirror : null, landmarks);
      arrays.timesteps[slot] = timestep;
      arrays.weights[slot] = minSnrWeight(alphaBar, minSnrGamma);
      arrays.control[slot] = hasControl ? 1 : 0;
    });
    const feed = (values: Float32Array, ...shape: number[]): SessionInput => ({
      data: values,
      shape: [batch, ...shape],
    });
    return {
      sample: feed(arrays.sample, channels, side, side),
      target: feed(arrays.target, channels, side, side),
      timesteps: feed(arrays.timesteps),
      weights: feed(arrays.weights),
      control: feed(arrays.control),
      text: feed(arrays.text, tokens, width),
      landmarks: feed(arrays.landmarks, 3, imageSize, imageSize),
    };
  };
}
