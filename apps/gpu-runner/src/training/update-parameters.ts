/** Everything that one training carries from step to step; a checkpoint is these arrays and the step. */
export interface TrainingState {
  /** Steps taken so far. */
  step: number;
  /** [P] each: the weights, AdamW's moments, and the exponential moving average of the weights. */
  readonly parameters: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly average: Float32Array;
}

/** How the weights move. */
export interface UpdateSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Longer gradients are shortened to this length. */
  readonly gradientNormMax: number;
  /** Of the moving average, once it has left its start behind. */
  readonly averageDecay: number;
}

/** Starts a training from `initial` weights, which are copied. */
export function createTrainingState(initial: Float32Array): TrainingState {
  return {
    step: 0,
    parameters: initial.slice(),
    mean: new Float32Array(initial.length),
    variance: new Float32Array(initial.length),
    average: initial.slice(),
  };
}

/** What one step's update needs besides the arrays, as `updateRange` reads it. */
export interface UpdateScalars {
  /** Factor of the gradient. */
  readonly clip: number;
  /** Factor of the weights: 1 less their decay. */
  readonly keep: number;
  /** Learning rate over the correction of the first moment. */
  readonly rate: number;
  /** Correction of the root of the second moment. */
  readonly rootCorrection: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Share of the new weights in the average. */
  readonly forget: number;
}

/** The arrays that one step changes, and the gradients that it reads; [P] each. */
export type UpdateArrays = Omit<TrainingState, 'step'> & { readonly gradients: Float32Array };

/**
 * One step of AdamW with gradient clipping and the moving average, in one pass over memory.
 *
 * The average forgets faster while it is young, min(decay, (1 + step) / (10 + step)), or it would remember the random
 * start for thousands of steps. A gradient that is not finite is refused: it would end every weight.
 * `update` is who does the pass: this thread alone, or a `ParameterTeam`.
 * References: Loshchilov and Hutter 2019, algorithm 2.
 */
export function updateParameters(
  state: TrainingState,
  gradients: Float32Array,
  gradientNorm: number,
  settings: UpdateSettings,
  update: (scalars: UpdateScalars) => void = (scalars) => {
    updateRange({ ...state, gradients }, 0, gradients.length, scalars);
  },
): void {
  if (gradients.length !== state.parameters.length) {
    throw new Error(
      `updateParameters: expected ${state.parameters.length} gradients, got ${gradients.length}`,
    );
  }
  if (!Number.isFinite(gradientNorm)) {
    throw new Error(
      `updateParameters: expected a finite gradient at step ${state.step}, got ${gradientNorm}`,
    );
  }
  state.step++;
  const { beta1, beta2, epsilon, learningRate, weightDecay, gradientNormMax, averageDecay } = settings;
  update({
    clip: Math.min(1, gradientNormMax / (gradientNorm + 1e-6)),
    keep: 1 - learningRate * weightDecay,
    rate: learningRate / (1 - beta1 ** state.step),
    rootCorrection: 1 / Math.sqrt(1 - beta2 ** state.step),
    beta1,
    beta2,
    epsilon,
    forget: 1 - averageDecayAt(state.step, averageDecay),
  });
}

/** Updates parameters `begin` … `end` (excluded); every one by itself, so any split gives the same bytes. */
export function updateRange(arrays: UpdateArrays, begin: number, end: number, scalars: UpdateScalars): void {
  const { parameters, mean, variance, average, gradients } = arrays;
  const { clip, keep, rate, rootCorrection, beta1, beta2, epsilon, forget } = scalars;
  for (let i = begin; i < end; i++) {
    const g = gradients[i] * clip;
    const m = beta1 * mean[i] + (1 - beta1) * g;
    const v = beta2 * variance[i] + (1 - beta2) * g * g;
    mean[i] = m;
    variance[i] = v;
    const p = keep * parameters[i] - (rate * m) / (Math.sqrt(v) * rootCorrection + epsilon);
    parameters[i] = p;
    average[i] += forget * (p - average[i]);
  }
}

/** Share of the old average that stays at this step. */
export function averageDecayAt(step: number, decay: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}
