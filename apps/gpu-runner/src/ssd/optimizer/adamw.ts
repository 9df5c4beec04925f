/**
 * AdamW over one flat parameter array.
 *
 *     m ← β₁ m + (1 − β₁) g          v ← β₂ v + (1 − β₂) g²
 *     p ← p − lr·λ·p − lr · m̂ / (√v̂ + ε)      m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
 *
 * References: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2; HeadArtist's released
 * settings β = (0.9, 0.99), ε = 1e-15.
 */

/** Moments and step count: everything a checkpoint needs besides the parameters. */
export interface AdamWState {
  /** [N] running mean of the gradient. */
  readonly mean: Float32Array;
  /** [N] running mean of the squared gradient. */
  readonly variance: Float32Array;
  /** Steps taken so far. */
  step: number;
}

/** One run of parameters with its own rate. */
export interface ParameterGroup {
  /** Index of the first parameter, and of the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly learningRate: number;
  /** Decoupled weight decay λ; 0 when left out. */
  readonly weightDecay?: number;
}

/** What all groups share. */
export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const ADAMW_DEFAULTS: AdamWOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-15 };

/** Starts an optimizer for `count` parameters. */
export function createAdamW(count: number): AdamWState {
  return { mean: new Float32Array(count), variance: new Float32Array(count), step: 0 };
}

/**
 * Takes one step in place: changes `parameters` and `state`, reads `gradient` ([N] each).
 *
 * Without weight decay a parameter whose gradient and moments are all zero is skipped; that changes no bit of the
 * result and makes a large hash table cost what its touched rows cost.
 */
export function stepAdamW(
  state: AdamWState,
  parameters: Float32Array,
  gradient: Float32Array,
  groups: readonly ParameterGroup[],
  options: AdamWOptions = ADAMW_DEFAULTS,
): void {
  const { mean, variance } = state;
  if (parameters.length !== mean.length || gradient.length !== mean.length) {
    throw new Error(
      `stepAdamW: expected ${mean.length} parameters and gradients, got ${parameters.length} and ${gradient.length}`,
    );
  }
  state.step++;
  const { beta1, beta2, epsilon } = options;
  const meanCorrection = 1 - beta1 ** state.step;
  const inverseRootCorrection = 1 / Math.sqrt(1 - beta2 ** state.step);
  for (const { start, end, learningRate, weightDecay = 0 } of groups) {
    const rate = learningRate / meanCorrection;
    const keep = 1 - learningRate * weightDecay;
    for (let i = start; i < end; i++) {
      const g = gradient[i];
      if (g === 0 && variance[i] === 0 && mean[i] === 0) {
        if (keep !== 1) parameters[i] *= keep;
        continue;
      }
      const m = beta1 * mean[i] + (1 - beta1) * g;
      const v = beta2 * variance[i] + (1 - beta2) * g * g;
      mean[i] = m;
      variance[i] = v;
      parameters[i] = keep * parameters[i] - (rate * m) / (Math.sqrt(v) * inverseRootCorrection + epsilon);
    }
  }
}
