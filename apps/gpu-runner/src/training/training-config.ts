import { z } from 'zod';

const count = z.int().positive();
const share = z.number().min(0).max(1);

const Loop = {
  seed: z.int().min(0).default(1),
  batch: count,
  learningRate: z.number().positive(),
  warmUpSteps: z.int().min(0).default(200),
  finalRateShare: share.default(0.02),
  weightDecay: z.number().min(0).default(0.01),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.99),
  gradientNormMax: z.number().positive().default(1),
  averageDecay: share.default(0.999),
  logEvery: count.default(25),
  evaluateEvery: count.default(250),
  checkpointEvery: count.default(250),
  /** Held-out pictures of each kind that are looked at. */
  heldOutPerKind: count.default(32),
};

/** How an autoencoder is made and trained: `autoencoder.json`, every field of which has a default. */
export const AutoencoderTraining = z.strictObject({
  ...Loop,
  batch: count.default(12),
  learningRate: z.number().positive().default(1e-3),
  /** `components`: the principal components of patches, fixed, and only the decoder learns; `learned`: both learn. */
  encoder: z.enum(['components', 'learned']).default('components'),
  /** Of components: 0 keeps the pixels' scale, 1 makes all equally large. */
  whitening: share.default(0.5),
  latentChannels: count.default(8),
  channels: count.default(32),
  encoderBlocks: z.array(z.int().min(0)).min(1).default([0, 0, 0]),
  decoderBlocks: z.array(z.int().min(0)).min(1).default([2, 1, 0]),
  /** Deviation of the noise that the decoder learns to forgive. */
  latentNoise: z.number().min(0).default(0.03),
  pyramidWeights: z.array(z.number().min(0)).default([1.5, 1, 0.5]),
  momentWeight: z.number().min(0).default(2e-3),
});
export type AutoencoderTraining = z.infer<typeof AutoencoderTraining>;

/** How UNet and ControlNet are made and trained: `denoiser.json`, every field of which has a default. */
export const DenoiserTraining = z.strictObject({
  ...Loop,
  batch: count.default(16),
  learningRate: z.number().positive().default(6e-4),
  blockChannels: z.array(count).min(1).default([48, 96, 160]),
  attention: z.array(z.boolean()).min(1).default([false, true, true]),
  heads: z.array(count).min(1).default([1, 3, 5]),
  resnetsPerBlock: count.default(1),
  /** Heads that pool the text for the UNet's time embedding; null for cross-attention only. */
  pooledTextHeads: count.nullable().default(6),
  groups: count.default(16),
  /** Of the ControlNet's embedding; every one after the first halves the landmark image down to the latent's size. */
  embeddingChannels: z.array(count).min(1).default([8, 16, 32]),
  /** Share of samples whose text is replaced by the empty condition. */
  textDropout: share.default(0.1),
  /**
   * Factor of the text encoder's states: MiniLM's are a third of a unit, the other inputs one. Hardly measurable so far:
   * docs/models.md, "In training".
   */
  textScale: z.number().positive().default(3),
  /** Share of samples whose control residuals are zeroed. */
  controlDropout: share.default(0.1),
  /**
   * Side of the part of each picture that is shown, cells of the latent; null for all of it. A window of half the side takes a
   * third of the time, so three times as many pictures are seen; a training on whole ones must follow.
   */
  windowCells: count.nullable().default(null),
  /** Largest share of bad pictures, and their kinds; null as the data set has them. */
  badShare: share.nullable().default(null),
  badKinds: z.array(z.string()).nullable().default(null),
  minSnrGamma: z.number().positive().default(5),
  /** What the UNet predicts, in diffusers' words. */
  prediction: z.enum(['epsilon', 'v_prediction']).default('v_prediction'),
});
export type DenoiserTraining = z.infer<typeof DenoiserTraining>;

/** How the attribute classifier is made and trained: `classifier.json`, every field of which has a default. */
export const ClassifierTraining = z.strictObject({
  ...Loop,
  batch: count.default(24),
  learningRate: z.number().positive().default(1e-3),
  weightDecay: z.number().min(0).default(0.05),
  finalRateShare: share.default(0.01),
  averageDecay: share.default(0.995),
  heldOutPerKind: count.default(48),
  /** Side of the means of the picture that the network sees. */
  inputSize: count.default(64),
  /** Side of the pictures that it will judge, a multiple of `inputSize`; null: as the data set's, which may be smaller. */
  judgedSize: count.nullable().default(null),
  /** Channels at 1/2, 1/4, 1/8 and 1/16 of that side. */
  channels: z.array(count).length(4).default([32, 64, 96, 128]),
  features: count.default(256),
  groups: count.default(8),
  /** Rare values weigh more: (mean count / own count) to this power. */
  balance: share.default(0.5),
  /** Of the side that a picture shows, where every trait weighs 1. */
  viewWeight: z.number().positive().default(6),
  /** Largest part by which a picture is shrunk, grown or shifted. */
  jitter: share.default(0.08),
});
export type ClassifierTraining = z.infer<typeof ClassifierTraining>;

/** Small enough to learn something within a minute: for tests and for CI. */
export const TINY_CLASSIFIER = {
  batch: 8,
  channels: [8, 8, 16, 16],
  features: 16,
  groups: 4,
  warmUpSteps: 5,
  heldOutPerKind: 8,
  averageDecay: 0.9,
} satisfies z.input<typeof ClassifierTraining>;

/** Small enough to learn something within a minute: for tests and for CI. */
export const TINY_AUTOENCODER = {
  batch: 4,
  encoder: 'learned',
  channels: 8,
  latentChannels: 4,
  encoderBlocks: [0, 0, 0, 1],
  decoderBlocks: [1, 0, 0, 0],
  warmUpSteps: 10,
  heldOutPerKind: 4,
  averageDecay: 0.95,
} satisfies z.input<typeof AutoencoderTraining>;

/** Small enough to learn something within a minute: for tests and for CI. */
export const TINY_DENOISER = {
  batch: 4,
  // Most of what a small network learns of the noise it learns in a minute; of the velocity, hardly anything.
  prediction: 'epsilon',
  blockChannels: [16, 32],
  attention: [false, true],
  heads: [1, 1],
  groups: 8,
  embeddingChannels: [4, 4, 8, 8],
  learningRate: 2e-3,
  warmUpSteps: 10,
  heldOutPerKind: 8,
  averageDecay: 0.95,
} satisfies z.input<typeof DenoiserTraining>;
