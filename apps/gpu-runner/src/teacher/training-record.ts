import { z } from 'zod';

/** How one part of a teacher was trained. */
const TrainedPart = z.strictObject({
  /** Weights, all trained ones together. */
  parameters: z.int().positive(),
  steps: z.int().min(0),
  /** The last held-out losses by name: of the averaged weights, on people that training never showed. */
  heldOut: z.record(z.string(), z.number()),
});
export type TrainedPart = z.infer<typeof TrainedPart>;

/** Where a packed teacher comes from; what is not known is null. */
export const TrainingRecord = z.strictObject({
  /** Commit of the checkout that packed it; `-dirty` behind it when files differed from the commit. */
  gitCommit: z
    .string()
    .regex(/^[0-9a-f]{40}(-dirty)?$/)
    .nullable(),
  data: z.strictObject({
    seed: z.int().min(0),
    /** People in the shards that were there. */
    identities: z.int().positive(),
    pictures: z.int().positive(),
    imageSize: z.int().positive(),
    /** Share of bad pictures, 0 … 1. */
    badShare: z.number().min(0).max(1),
    /** Share of people drawn with a trait as likely as any other, 0 … 1. */
    evenShare: z.number().min(0).max(1),
  }),
  autoencoder: TrainedPart.nullable(),
  denoiser: TrainedPart.nullable(),
});
export type TrainingRecord = z.infer<typeof TrainingRecord>;
