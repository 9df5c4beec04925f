/** UNet and ControlNet of a few thousand weights for latents of 2×4×4: `denoiserConfigs` makes their configs of it. */
export const TINY_DENOISER_SHAPE = {
  latentChannels: 2,
  latentSize: 4,
  textWidth: 6,
  blockChannels: [8, 16],
  attention: [false, true],
  heads: [1, 2],
  resnetsPerBlock: 1,
  groups: 4,
  embeddingChannels: [4, 4],
  pooledTextHeads: 2,
};

/** A classifier of 16² pictures that is asked two questions, of two and of three answers. */
export const TINY_CLASSIFIER_CONFIG = {
  format: 'headwright-classifier/1' as const,
  imageSize: 16,
  inputSize: 16,
  channels: [4, 4, 8, 8],
  features: 8,
  groups: 2,
  questions: [
    { name: 'color', values: ['red', 'green'] },
    { name: 'side', values: ['left', 'right', 'both'] },
  ],
};
