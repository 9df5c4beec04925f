import { z } from 'zod';
import type { Value } from '../graph.ts';
import { silu } from '../ops/activations.ts';
import { multiply } from '../ops/elementwise.ts';
import { count, only, parseConfig } from './config.ts';
import { DENOISER_FIELDS, type DenoiserShape, denoiserShape } from './denoiser-config.ts';
import { downPath } from './down-path.ts';
import { conv2d, repeatBatch } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';
import { timeEmbedding } from './time-embedding.ts';

const CLASS_NAME = 'ControlNetModel';

const ControlNetConfig = z.strictObject({
  ...DENOISER_FIELDS,
  conditioning_channels: count.default(3),
  conditioning_embedding_out_channels: z.array(count).min(1).default([16, 32, 96, 256]),
  controlnet_conditioning_channel_order: only('rgb'),
  global_pool_conditions: only(false),
});

/** A ControlNet as its config describes it. */
export interface ControlNetModel {
  readonly shape: DenoiserShape;
  readonly conditioningChannels: number;
  readonly embeddingChannels: readonly number[];
}

/** What a ControlNet adds to a UNet: one tensor per skip, and one for the middle. */
export interface ControlResiduals {
  readonly skips: readonly Value[];
  readonly middle: Value;
}

/** Reads a ControlNet's config.json; refuses by name what the compiler does not support. */
export function parseControlNet(json: unknown): ControlNetModel {
  const config = parseConfig(CLASS_NAME, ControlNetConfig, json);
  return {
    shape: denoiserShape(config),
    conditioningChannels: config.conditioning_channels,
    embeddingChannels: config.conditioning_embedding_out_channels,
  };
}

/** By which power of two the landmark image is larger than the latent. */
export function conditioningDownsampling({ embeddingChannels }: ControlNetModel): number {
  return 2 ** (embeddingChannels.length - 1);
}

/**
 * Residuals for sample [N, C, h, w], timesteps [N], text [N', L, D] and landmark image [N, 3, H, W] in [0, 1].
 *
 * `strength` scales them: [1] for all, or [S, 1, 1, 1] one a sample, where S is a multiple of N or the other way round.
 * References: diffusers `ControlNetModel.forward` (guess_mode off).
 */
export function controlNet(
  weights: NetworkWeights,
  model: ControlNetModel,
  inputs: { sample: Value; timesteps: Value; text: Value; landmarks: Value; strength: Value },
): ControlResiduals {
  const { sample, text, strength } = inputs;
  const { shape } = model;
  const time = timeEmbedding(weights, inputs, shape);
  const condition = conditionEmbedding(weights.scope('controlnet_cond_embedding'), model, inputs.landmarks);
  const { skips, middle } = downPath(weights, shape, { sample, time, text, condition });
  const residual = (name: string, h: Value): Value => {
    const full = conv2d(weights.scope(name), h, h.shape[1], { kernel: 1 });
    if (strength.shape.length === 1) return multiply(full, strength);
    const batch = Math.max(full.shape[0], strength.shape[0]);
    return multiply(repeatBatch(full, batch), repeatBatch(strength, batch));
  };
  return {
    skips: skips.map((skip, i) => residual(`controlnet_down_blocks.${i}`, skip)),
    middle: residual('controlnet_mid_block', middle),
  };
}

/** SiLU after every convolution but the last; every second one halves the image. */
function conditionEmbedding(weights: NetworkWeights, model: ControlNetModel, landmarks: Value): Value {
  const { embeddingChannels, shape } = model;
  let h = silu(conv2d(weights.scope('conv_in'), landmarks, embeddingChannels[0]));
  for (let i = 0; i < embeddingChannels.length - 1; i++) {
    h = silu(conv2d(weights.scope(`blocks.${2 * i}`), h, embeddingChannels[i]));
    h = silu(conv2d(weights.scope(`blocks.${2 * i + 1}`), h, embeddingChannels[i + 1], { stride: 2 }));
  }
  return conv2d(weights.scope('conv_out'), h, shape.levels[0].channels);
}
