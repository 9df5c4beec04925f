/** The choices that make a UNet with its ControlNet; everything else is diffusers' default. */
export interface DenoiserArchitecture {
  readonly latentChannels: number;
  readonly latentSize: number;
  readonly textWidth: number;
  readonly blockChannels: readonly number[];
  /** Cross-attention at each level. */
  readonly attention: readonly boolean[];
  /** Number of heads at each level. */
  readonly heads: readonly number[];
  readonly resnetsPerBlock: number;
  readonly groups: number;
  /** Of the ControlNet's embedding of the landmark image; every one after the first halves it. */
  readonly embeddingChannels: readonly number[];
  /** Heads that pool the text for the UNet's time embedding; null for a UNet that reads text by cross-attention only. */
  readonly pooledTextHeads: number | null;
}

/** The two config.json of an architecture, as diffusers reads them. */
export function denoiserConfigs(architecture: DenoiserArchitecture): {
  readonly unet: Readonly<Record<string, unknown>>;
  readonly controlnet: Readonly<Record<string, unknown>>;
} {
  const { attention, latentChannels, latentSize, pooledTextHeads } = architecture;
  const shared = {
    in_channels: latentChannels,
    block_out_channels: architecture.blockChannels,
    layers_per_block: architecture.resnetsPerBlock,
    down_block_types: attention.map((crosses) => (crosses ? 'CrossAttnDownBlock2D' : 'DownBlock2D')),
    attention_head_dim: architecture.heads,
    cross_attention_dim: architecture.textWidth,
    norm_num_groups: architecture.groups,
  };
  return {
    unet: {
      _class_name: 'UNet2DConditionModel',
      ...shared,
      out_channels: latentChannels,
      sample_size: latentSize,
      up_block_types: attention.toReversed().map((crosses) => (crosses ? 'CrossAttnUpBlock2D' : 'UpBlock2D')),
      ...(pooledTextHeads === null
        ? {}
        : { addition_embed_type: 'text', addition_embed_type_num_heads: pooledTextHeads }),
    },
    controlnet: {
      _class_name: 'ControlNetModel',
      ...shared,
      conditioning_channels: 3,
      conditioning_embedding_out_channels: architecture.embeddingChannels,
    },
  };
}
