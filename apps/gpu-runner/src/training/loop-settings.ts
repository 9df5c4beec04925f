import type { AutoencoderTraining, ClassifierTraining, DenoiserTraining } from './training-config.ts';
import type { LoopSettings } from './training-loop.ts';

/** The loop's part of a training's config. */
export function loopSettings(
  config: AutoencoderTraining | ClassifierTraining | DenoiserTraining,
): LoopSettings {
  return {
    update: {
      beta1: config.beta1,
      beta2: config.beta2,
      epsilon: 1e-8,
      weightDecay: config.weightDecay,
      gradientNormMax: config.gradientNormMax,
      averageDecay: config.averageDecay,
    },
    learningRate: {
      peak: config.learningRate,
      warmUpSteps: config.warmUpSteps,
      finalShare: config.finalRateShare,
    },
    logEvery: config.logEvery,
    evaluateEvery: config.evaluateEvery,
    checkpointEvery: config.checkpointEvery,
  };
}
