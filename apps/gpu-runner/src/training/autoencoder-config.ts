/** The choices that make a small autoencoder; everything else is diffusers' default. */
export interface AutoencoderArchitecture {
  readonly latentChannels: number;
  /** Of every level; neighboring levels of this class must be equally wide. */
  readonly channels: number;
  /** Residual blocks of the encoder's levels, finest first; each level after the first halves the picture. */
  readonly encoderBlocks: readonly number[];
  /** Residual blocks of the decoder's levels, coarsest first. */
  readonly decoderBlocks: readonly number[];
}

/** The config.json of an architecture as diffusers' AutoencoderTiny reads it, with latents of standard deviation `latentDeviation`. */
export function autoencoderConfig(
  { latentChannels, channels, encoderBlocks, decoderBlocks }: AutoencoderArchitecture,
  latentDeviation = 1,
): Readonly<Record<string, unknown>> {
  return {
    _class_name: 'AutoencoderTiny',
    in_channels: 3,
    out_channels: 3,
    latent_channels: latentChannels,
    encoder_block_out_channels: encoderBlocks.map(() => channels),
    decoder_block_out_channels: decoderBlocks.map(() => channels),
    block_out_channels: decoderBlocks.map(() => channels),
    num_encoder_blocks: encoderBlocks,
    num_decoder_blocks: decoderBlocks,
    upsampling_scaling_factor: 2,
    scaling_factor: 1 / latentDeviation,
    act_fn: 'relu',
    upsample_fn: 'nearest',
  };
}
