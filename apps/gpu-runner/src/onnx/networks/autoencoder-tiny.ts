import { z } from 'zod';
import type { Value } from '../graph.ts';
import { relu, tanh } from '../ops/activations.ts';
import { add, scale } from '../ops/elementwise.ts';
import { upsampleNearest } from '../ops/resize.ts';
import type { Autoencoder } from './autoencoder.ts';
import { count, only, parseConfig } from './config.ts';
import { conv2d } from './layers.ts';
import type { NetworkWeights } from './network-weights.ts';

const CLASS_NAME = 'AutoencoderTiny';

const AutoencoderTinyConfig = z.strictObject({
  in_channels: count.default(3),
  out_channels: count.default(3),
  latent_channels: count.default(4),
  encoder_block_out_channels: z.array(count).min(1).default([64, 64, 64, 64]),
  decoder_block_out_channels: z.array(count).min(1).default([64, 64, 64, 64]),
  num_encoder_blocks: z.array(z.int().min(0)).min(1).default([1, 3, 3, 3]),
  num_decoder_blocks: z.array(z.int().min(0)).min(1).default([3, 3, 3, 1]),
  upsampling_scaling_factor: count.default(2),
  scaling_factor: z.number().positive().default(1),
  act_fn: only('relu'),
  upsample_fn: only('nearest'),
  shift_factor: only(0),
  // These only concern storing latents as bytes and half-precision decoding; block_out_channels repeats the decoder's.
  latent_magnitude: z.number().default(3),
  latent_shift: z.number().default(0.5),
  force_upcast: z.boolean().default(false),
  block_out_channels: z.array(count).optional(),
});

type Config = z.output<typeof AutoencoderTinyConfig>;

/**
 * Reads the config of a small deterministic autoencoder; refuses by name what the compiler does not support.
 *
 * References: diffusers `AutoencoderTiny`, `EncoderTiny`, `DecoderTiny`, `AutoencoderTinyBlock`.
 */
export function parseAutoencoderTiny(json: unknown): Autoencoder {
  const config = parseConfig(CLASS_NAME, AutoencoderTinyConfig, json);
  requireUniform('encoder', config.encoder_block_out_channels, config.num_encoder_blocks);
  requireUniform('decoder', config.decoder_block_out_channels, config.num_decoder_blocks);
  const upsampling = config.upsampling_scaling_factor ** (config.num_decoder_blocks.length - 1);
  const downsampling = 2 ** (config.num_encoder_blocks.length - 1);
  if (upsampling !== downsampling) {
    throw new Error(`${CLASS_NAME}: expected a decoder that enlarges by ${downsampling}, got ${upsampling}`);
  }
  return {
    imageChannels: config.in_channels,
    latentChannels: config.latent_channels,
    downsampling,
    hasPosterior: false,
    encode: (weights, image, _, onLevel) => encode(weights.scope('encoder'), config, image, onLevel),
    decode: (weights, latent) => decode(weights.scope('decoder'), config, latent),
  };
}

/** diffusers' own layers connect only where neighboring levels have the same width. */
function requireUniform(part: string, channels: readonly number[], blocks: readonly number[]): void {
  if (channels.length !== blocks.length || channels.some((c) => c !== channels[0])) {
    throw new Error(
      `${CLASS_NAME}: expected ${blocks.length} equal ${part}_block_out_channels, got ${JSON.stringify(channels)}`,
    );
  }
}

function encode(
  weights: NetworkWeights,
  config: Config,
  image: Value,
  onLevel: (features: Value) => void = () => {},
): Value {
  const layers = numberedLayers(weights);
  // The network itself works on [0, 1].
  let h = scale(add(image, image.graph.scalar(1)), 0.5);
  config.num_encoder_blocks.forEach((blocks, i) => {
    const channels = config.encoder_block_out_channels[i];
    h =
      i === 0
        ? conv2d(layers.next(), h, channels)
        : conv2d(layers.next(), h, channels, { stride: 2, bias: false });
    for (let k = 0; k < blocks; k++) h = residualBlock(layers.next(), h);
    onLevel(h);
  });
  return scale(conv2d(layers.next(), h, config.latent_channels), config.scaling_factor);
}

function decode(weights: NetworkWeights, config: Config, latent: Value): Value {
  const layers = numberedLayers(weights);
  const limited = scale(tanh(scale(latent, 1 / config.scaling_factor / 3)), 3);
  let h = relu(conv2d(layers.next(), limited, config.decoder_block_out_channels[0]));
  layers.skip();
  config.num_decoder_blocks.forEach((blocks, i) => {
    const last = i === config.num_decoder_blocks.length - 1;
    for (let k = 0; k < blocks; k++) h = residualBlock(layers.next(), h);
    if (!last) {
      h = upsampleNearest(h, config.upsampling_scaling_factor);
      layers.skip();
    }
    h = conv2d(layers.next(), h, last ? config.out_channels : h.shape[1], { bias: last });
  });
  return add(scale(h, 2), h.graph.scalar(-1));
}

function residualBlock(weights: NetworkWeights, x: Value): Value {
  const channels = x.shape[1];
  let h = relu(conv2d(weights.scope('conv.0'), x, channels));
  h = relu(conv2d(weights.scope('conv.2'), h, channels));
  return relu(add(conv2d(weights.scope('conv.4'), h, channels), x));
}

/** The keys of a torch Sequential: layers.0, layers.1, …, where layers without weights count too. */
function numberedLayers(weights: NetworkWeights): { next(): NetworkWeights; skip(): void } {
  let index = 0;
  return {
    next: () => weights.scope(`layers.${index++}`),
    skip: () => {
      index++;
    },
  };
}
