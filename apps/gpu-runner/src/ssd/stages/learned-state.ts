import type { AdamWState } from '../optimizer/adamw.ts';

/**
 * What a stage learns, as its live arrays: copies of them and the step number are all that a checkpoint needs, because
 * randomness is a function of seed, stage and step.
 */
export interface LearnedState {
  /** Parameters, moments and whatever else changes from step to step, each under a name of its own. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
  /** Told after the arrays were overwritten with those that `step` steps had left. */
  rewind(step: number): void;
}

/** Parameters with their optimizer, which takes one step a stage's step. */
export interface OptimizedParameters {
  readonly parameters: Float32Array;
  readonly optimizer: AdamWState;
}

/** Joins the parts of a stage, what its guide learns along with it, and what its surface remembers, into one state. */
export function learnedState(
  parts: Readonly<Record<string, OptimizedParameters>>,
  guide?: LearnedState,
  surface?: LearnedState,
): LearnedState {
  const arrays: Record<string, Float32Array> = {};
  for (const [name, { parameters, optimizer }] of Object.entries(parts)) {
    arrays[name] = parameters;
    arrays[`${name}/mean`] = optimizer.mean;
    arrays[`${name}/variance`] = optimizer.variance;
  }
  for (const [name, array] of Object.entries(guide?.arrays ?? {})) arrays[`guide/${name}`] = array;
  for (const [name, array] of Object.entries(surface?.arrays ?? {})) arrays[`surface/${name}`] = array;
  return {
    arrays,
    rewind(step) {
      for (const { optimizer } of Object.values(parts)) optimizer.step = step;
      guide?.rewind(step);
      surface?.rewind(step);
    },
  };
}
