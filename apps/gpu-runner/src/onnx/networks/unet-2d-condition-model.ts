import { z } from 'zod';
import type { Value } from '../graph.ts';
import { silu } from '../ops/activations.ts';
import { add } from '../ops/elementwise.ts';
import { upsampleNearest } from '../ops/resize.ts';
import { concat } from '../ops/shape.ts';
import { count, only, parseConfig } from './config.ts';
import type { ControlResiduals } from './control-net-model.ts';
import { DENOISER_FIELDS, type DenoiserShape, denoiserShape } from './denoiser-config.ts';
import { downPath, resnetAt, transformerAt } from './down-path.ts';
import { conv2d, groupNorm2d, repeatBatch } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';
import { timeEmbedding } from './time-embedding.ts';

const CLASS_NAME = 'UNet2DConditionModel';

const UNet2DConditionConfig = z.strictObject({
  ...DENOISER_FIELDS,
  out_channels: count.default(4),
  sample_size: z.union([count, z.array(count), z.null()]).default(null),
  up_block_types: z.array(z.literal(['CrossAttnUpBlock2D', 'UpBlock2D'])),
  // Dropout is the identity outside training.
  dropout: z.number().default(0),
  center_input_sample: only(false),
  reverse_transformer_layers_per_block: only(null),
  dual_cross_attention: only(false),
  resnet_skip_time_act: only(false),
  resnet_out_scale_factor: only(1),
  time_embedding_type: only('positional'),
  time_embedding_dim: only(null),
  time_embedding_act_fn: only(null),
  timestep_post_act: only(null),
  time_cond_proj_dim: only(null),
  conv_in_kernel: only(3),
  conv_out_kernel: only(3),
  attention_type: only('default'),
  class_embeddings_concat: only(false),
  mid_block_only_cross_attention: only(null, false),
  cross_attention_norm: only(null),
});

/** A UNet as its config describes it. */
export interface UNet2DConditionModel {
  readonly shape: DenoiserShape;
  readonly outputChannels: number;
  /** Cross-attention on the up path, from the lowest resolution up. */
  readonly upCrossAttention: readonly boolean[];
}

/** Reads a UNet's config.json; refuses by name what the compiler does not support. */
export function parseUNet(json: unknown): UNet2DConditionModel {
  const config = parseConfig(CLASS_NAME, UNet2DConditionConfig, json);
  const shape = denoiserShape(config);
  if (config.up_block_types.length !== shape.levels.length) {
    throw new Error(
      `${CLASS_NAME}: expected ${shape.levels.length} up_block_types, got ${config.up_block_types}`,
    );
  }
  const upCrossAttention = config.up_block_types.map((type) => type === 'CrossAttnUpBlock2D');
  return { shape, outputChannels: config.out_channels, upCrossAttention };
}

/**
 * Noise prediction ε [N', C, h, w] for sample [N, C, h, w], timesteps [N] and text [N', L, D]; N divides N'.
 *
 * `control` is added to the skips and to the middle before the up path.
 * References: diffusers `UNet2DConditionModel.forward`.
 */
export function unet(
  weights: NetworkWeights,
  { shape, outputChannels, upCrossAttention }: UNet2DConditionModel,
  inputs: { sample: Value; timesteps: Value; text: Value; control: ControlResiduals | null },
): Value {
  const { sample, text, control } = inputs;
  const { levels, groups, epsilon } = shape;
  const time = timeEmbedding(weights, inputs, shape);
  const down = downPath(weights, shape, { sample, time, text, condition: null });
  const skips = down.skips.map((skip, i) => (control ? addControl(skip, control.skips[i]) : skip));
  let h = control ? addControl(down.middle, control.middle) : down.middle;
  levels.toReversed().forEach((level, i) => {
    const block = weights.scope(`up_blocks.${i}`);
    for (let k = 0; k <= level.resnets; k++) {
      const skip = skips.pop();
      if (!skip) throw new Error('unet: expected a skip for every resnet of the up path, got too few');
      h = resnetAt(block, k, concat([h, repeatBatch(skip, h.shape[0])], 1), time, level.channels, shape);
      if (upCrossAttention[i]) h = transformerAt(block, k, h, text, level, shape);
    }
    if (i < levels.length - 1) {
      h = conv2d(block.scope('upsamplers.0.conv'), upsampleNearest(h, 2), level.channels);
    }
  });
  const normal = silu(groupNorm2d(weights.scope('conv_norm_out'), h, groups, epsilon));
  return conv2d(weights.scope('conv_out'), normal, outputChannels);
}

function addControl(value: Value, residual: Value | undefined): Value {
  if (!residual) throw new Error('unet: expected a control residual for every skip, got too few');
  const batch = Math.max(value.shape[0], residual.shape[0]);
  return add(repeatBatch(value, batch), repeatBatch(residual, batch));
}
