import { z } from 'zod';
import type { Value } from '../graph.ts';
import { clip, silu, softmax } from '../ops/activations.ts';
import { add, exponential, multiply, scale } from '../ops/elementwise.ts';
import { matMul } from '../ops/mat-mul.ts';
import { upsampleNearest } from '../ops/resize.ts';
import { pad, reshape, slice, swapLastAxes } from '../ops/shape.ts';
import type { Autoencoder } from './autoencoder.ts';
import { count, only, parseConfig } from './config.ts';
import { conv2d, groupNorm2d } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';
import { resnetBlock } from './resnet-block.ts';

const CLASS_NAME = 'AutoencoderKL';
const EPSILON = 1e-6;

const AutoencoderKlConfig = z.strictObject({
  in_channels: count.default(3),
  out_channels: count.default(3),
  latent_channels: count.default(4),
  block_out_channels: z.array(count).min(1).default([64]),
  layers_per_block: count.default(1),
  norm_num_groups: count.default(32),
  down_block_types: z.array(z.literal('DownEncoderBlock2D')),
  up_block_types: z.array(z.literal('UpDecoderBlock2D')),
  scaling_factor: z.number().positive().default(0.18215),
  use_quant_conv: z.boolean().default(true),
  use_post_quant_conv: z.boolean().default(true),
  mid_block_add_attention: z.boolean().default(true),
  act_fn: only('silu', 'swish'),
  shift_factor: only(null, 0),
  latents_mean: only(null),
  latents_std: only(null),
  sample_size: z.union([count, z.array(count)]).optional(),
  // A caution about half precision; we decode in float32.
  force_upcast: z.boolean().default(true),
});

type Config = z.output<typeof AutoencoderKlConfig>;

/**
 * Reads the config of Stable Diffusion's autoencoder; refuses by name what the compiler does not support.
 *
 * References: diffusers `AutoencoderKL`, `Encoder`, `Decoder`, `DiagonalGaussianDistribution`.
 */
export function parseAutoencoderKl(json: unknown): Autoencoder {
  const config = parseConfig(CLASS_NAME, AutoencoderKlConfig, json);
  const levels = config.block_out_channels.length;
  for (const field of ['down_block_types', 'up_block_types'] as const) {
    if (config[field].length !== levels) {
      throw new Error(`${CLASS_NAME}: expected ${levels} ${field}, got ${config[field].length}`);
    }
  }
  return {
    imageChannels: config.in_channels,
    latentChannels: config.latent_channels,
    downsampling: 2 ** (levels - 1),
    hasPosterior: true,
    encode: (weights, image, noise, onLevel) => encode(weights, config, image, noise, onLevel),
    decode: (weights, latent) => decode(weights, config, latent),
  };
}

function encode(
  weights: NetworkWeights,
  config: Config,
  image: Value,
  noise: Value | null,
  onLevel: (features: Value) => void = () => {},
): Value {
  const encoder = weights.scope('encoder');
  const { block_out_channels: widths, latent_channels: latentChannels } = config;
  let h = conv2d(encoder.scope('conv_in'), image, widths[0]);
  widths.forEach((width, i) => {
    const block = encoder.scope(`down_blocks.${i}`);
    for (let k = 0; k < config.layers_per_block; k++)
      h = resnet(block.scope(`resnets.${k}`), config, h, width);
    onLevel(h);
    if (i < widths.length - 1) {
      // Padded on the right and at the bottom only.
      const padded = pad(h, [0, 0, 0, 0], [0, 0, 1, 1]);
      h = conv2d(block.scope('downsamplers.0.conv'), padded, width, { stride: 2, padding: 0 });
    }
  });
  h = midBlock(encoder.scope('mid_block'), config, h);
  h = silu(groupNorm2d(encoder.scope('conv_norm_out'), h, config.norm_num_groups, EPSILON));
  h = conv2d(encoder.scope('conv_out'), h, 2 * latentChannels);
  if (config.use_quant_conv) h = conv2d(weights.scope('quant_conv'), h, 2 * latentChannels, { kernel: 1 });
  const mean = slice(h, 1, 0, latentChannels);
  if (!noise) return scale(mean, config.scaling_factor);
  const logVariance = clip(slice(h, 1, latentChannels, 2 * latentChannels), -30, 20);
  const drawn = add(mean, multiply(exponential(scale(logVariance, 0.5)), noise));
  return scale(drawn, config.scaling_factor);
}

function decode(weights: NetworkWeights, config: Config, latent: Value): Value {
  const decoder = weights.scope('decoder');
  const widths = config.block_out_channels.toReversed();
  let h = scale(latent, 1 / config.scaling_factor);
  if (config.use_post_quant_conv) {
    h = conv2d(weights.scope('post_quant_conv'), h, config.latent_channels, { kernel: 1 });
  }
  h = conv2d(decoder.scope('conv_in'), h, widths[0]);
  h = midBlock(decoder.scope('mid_block'), config, h);
  widths.forEach((width, i) => {
    const block = decoder.scope(`up_blocks.${i}`);
    for (let k = 0; k <= config.layers_per_block; k++)
      h = resnet(block.scope(`resnets.${k}`), config, h, width);
    if (i < widths.length - 1) h = conv2d(block.scope('upsamplers.0.conv'), upsampleNearest(h, 2), width);
  });
  h = silu(groupNorm2d(decoder.scope('conv_norm_out'), h, config.norm_num_groups, EPSILON));
  return conv2d(decoder.scope('conv_out'), h, config.out_channels);
}

function resnet(weights: NetworkWeights, config: Config, h: Value, outputs: number): Value {
  return resnetBlock(weights, h, null, { outputs, groups: config.norm_num_groups, epsilon: EPSILON });
}

function midBlock(weights: NetworkWeights, config: Config, x: Value): Value {
  let h = resnet(weights.scope('resnets.0'), config, x, x.shape[1]);
  if (config.mid_block_add_attention) h = pixelAttention(weights.scope('attentions.0'), config, h);
  return resnet(weights.scope('resnets.1'), config, h, x.shape[1]);
}

/** One head over all pixels, residual. Old checkpoints have other names and may store 1×1 convolutions. */
function pixelAttention(weights: NetworkWeights, config: Config, x: Value): Value {
  const [batch, channels, height, width] = x.shape;
  const normal = groupNorm2d(weights.scope('group_norm'), x, config.norm_num_groups, EPSILON);
  const pixels = swapLastAxes(reshape(normal, [batch, channels, height * width]));
  const project = (name: string, oldName: string, rows: Value): Value => {
    const scope = weights.scope(weights.has(`${oldName}.weight`) ? oldName : name);
    const stored = scope.rank('weight') === 4 ? 'convolution' : 'linear';
    const product = matMul(rows, scope.matrix('weight', channels, channels, stored));
    return add(product, scope.tensor('bias', [channels]));
  };
  const query = scale(project('to_q', 'query', pixels), 1 / Math.sqrt(channels));
  const keys = swapLastAxes(project('to_k', 'key', pixels));
  const mixed = matMul(softmax(matMul(query, keys)), project('to_v', 'value', pixels));
  const out = project('to_out.0', 'proj_attn', mixed);
  return add(reshape(swapLastAxes(out), x.shape), x);
}
