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

/**
 * One step of AdamW with gradient clipping and the moving average, in one pass over memory.
 *
 * The average forgets faster while it is young, min(decay, (1 + step) / (10 + step)), or it would remember the random
 * start for thousands of steps. A gradient that is not finite is refused: it would end every weight.
 * References: Loshchilov and Hutter 2019, algorithm 2.
 */
export function updateParameters(
  state: TrainingState,
  gradients: Float32Array,
  gradientNorm: number,
  settings: UpdateSettings,
): void {
  const { parameters, mean, variance, average } = state;
  if (gradients.length !== parameters.length) {
    throw new Error(`updateParameters: expected ${parameters.length} gradients, got ${gradients.length}`);
  }
  if (!Number.isFinite(gradientNorm)) {
    throw new Error(
      `updateParameters: expected a finite gradient at step ${state.step}, got ${gradientNorm}`,
    );
  }
  state.step++;
  const { beta1, beta2, epsilon, learningRate, weightDecay, gradientNormMax } = settings;
  const clip = Math.min(1, gradientNormMax / (gradientNorm + 1e-6));
  const keep = 1 - learningRate * weightDecay;
  const rate = learningRate / (1 - beta1 ** state.step);
  const rootCorrection = 1 / Math.sqrt(1 - beta2 ** state.step);
  const forget = 1 - averageDecayAt(state.step, settings.averageDecay);
  for (let i = 0; i < parameters.length; i++) {
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
