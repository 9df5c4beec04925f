import { z } from 'zod';
import { count, countPerLevel, only, perLevel } from './config.ts';

/** The fields that UNet2DConditionModel and ControlNetModel share; each default is diffusers' own. */
export const DENOISER_FIELDS = {
  in_channels: count.default(4),
  block_out_channels: z.array(count).min(1).default([320, 640, 1280, 1280]),
  layers_per_block: countPerLevel.default(2),
  down_block_types: z.array(z.literal(['CrossAttnDownBlock2D', 'DownBlock2D'])),
  attention_head_dim: countPerLevel.default(8),
  transformer_layers_per_block: countPerLevel.default(1),
  cross_attention_dim: count.default(1280),
  use_linear_projection: z.boolean().default(false),
  norm_num_groups: count.default(32),
  norm_eps: z.number().positive().default(1e-5),
  flip_sin_to_cos: z.boolean().default(true),
  freq_shift: z.number().default(0),
  // Attention already runs in float32.
  upcast_attention: z.boolean().default(false),
  act_fn: only('silu', 'swish'),
  mid_block_type: only('UNetMidBlock2DCrossAttn'),
  mid_block_scale_factor: only(1),
  downsample_padding: only(1),
  only_cross_attention: only(false),
  num_attention_heads: only(null),
  encoder_hid_dim: only(null),
  encoder_hid_dim_type: only(null),
  class_embed_type: only(null),
  num_class_embeds: only(null),
  projection_class_embeddings_input_dim: only(null),
  addition_embed_type: z.literal(['text', null]).default(null),
  addition_time_embed_dim: only(null),
  // Read by diffusers only together with addition_embed_type.
  addition_embed_type_num_heads: count.default(64),
  resnet_time_scale_shift: only('default'),
};

/** One level of the down path, and of the up path at the same resolution. */
export interface DenoiserLevel {
  readonly channels: number;
  readonly resnets: number;
  readonly heads: number;
  readonly transformerLayers: number;
  readonly crossAttention: boolean;
}

type SharedConfig = z.output<z.ZodObject<typeof DENOISER_FIELDS>>;

/** The per-level view of a parsed config; throws when two lists disagree in length. */
export function denoiserLevels(config: SharedConfig): readonly DenoiserLevel[] {
  const levels = config.block_out_channels.length;
  if (config.down_block_types.length !== levels) {
    throw new Error(
      `denoiserLevels: expected ${levels} down_block_types, got ${config.down_block_types.length}`,
    );
  }
  const resnets = perLevel('layers_per_block', config.layers_per_block, levels);
  const heads = perLevel('attention_head_dim', config.attention_head_dim, levels);
  const transformerLayers = perLevel(
    'transformer_layers_per_block',
    config.transformer_layers_per_block,
    levels,
  );
  return config.block_out_channels.map((channels, i) => ({
    channels,
    resnets: resnets[i],
    heads: heads[i],
    transformerLayers: transformerLayers[i],
    crossAttention: config.down_block_types[i] === 'CrossAttnDownBlock2D',
  }));
}

/** What both networks' blocks need to know besides the levels. */
export interface DenoiserShape {
  readonly levels: readonly DenoiserLevel[];
  readonly groups: number;
  readonly epsilon: number;
  readonly linearProjection: boolean;
  readonly cosineFirst: boolean;
  readonly frequencyShift: number;
  readonly inputChannels: number;
  readonly textWidth: number;
  /** Heads that pool the text for the time embedding; null where the text is not added to it. */
  readonly textTimeHeads: number | null;
}

/** The shared part of a parsed config in our words. */
export function denoiserShape(config: SharedConfig): DenoiserShape {
  return {
    levels: denoiserLevels(config),
    groups: config.norm_num_groups,
    epsilon: config.norm_eps,
    linearProjection: config.use_linear_projection,
    cosineFirst: config.flip_sin_to_cos,
    frequencyShift: config.freq_shift,
    inputChannels: config.in_channels,
    textWidth: config.cross_attention_dim,
    textTimeHeads: config.addition_embed_type === 'text' ? config.addition_embed_type_num_heads : null,
  };
}
