/**
 * Momentum with one step length a level, for a deformation's parameters.
 *
 *     m ← β₁ m + (1 − β₁) g          v_l ← β₂ v_l + (1 − β₂) · mean of g² over the level's touched parameters
 *     p ← p − lr_l · m̂ / (√v̂_l + ε)
 *
 * Adam divides each parameter by its own gradient's size, so what nobody asked to move drifts as fast as what the words
 * mean. Sharing the size within a level keeps the proportions: a cheek with a tenth of the mouth's gradient moves a tenth
 * as far.
 *
 * References: Kingma and Ba 2015 (Adam); Ling, Zhou and Geng 2022 (VectorAdam) for second moments that are shared.
 */
import type { DeformationField } from './deformation-field.ts';

/** Moments and step count. */
export interface DeformationMoments {
  /** [N] running mean of the gradient. */
  readonly mean: Float32Array;
  /** [levels] running mean of the squared gradient. */
  readonly variance: Float32Array;
  step: number;
}

const BETA_1 = 0.9;
const BETA_2 = 0.99;
/** Keeps a level without any gradient where it is. */
const EPSILON = 1e-15;

/** Starts an optimizer for a field. */
export function createDeformationMoments(field: DeformationField): DeformationMoments {
  return {
    mean: new Float32Array(field.parameters.length),
    variance: new Float32Array(field.levels.length),
    step: 0,
  };
}

/** Takes one step in place; `learningRates` has one number for each level of the field. */
export function stepDeformation(
  field: DeformationField,
  moments: DeformationMoments,
  learningRates: readonly number[],
): void {
  const { parameters, gradient, levels } = field;
  const { mean, variance } = moments;
  moments.step++;
  const meanCorrection = 1 - BETA_1 ** moments.step;
  const varianceCorrection = 1 - BETA_2 ** moments.step;
  levels.forEach(({ start, end }, l) => {
    let squares = 0;
    let touched = 0;
    for (let i = start; i < end; i++) {
      const g = gradient[i];
      if (g === 0) continue;
      squares += g * g;
      touched++;
    }
    variance[l] = BETA_2 * variance[l] + ((1 - BETA_2) * squares) / Math.max(1, touched);
    const size = Math.sqrt(variance[l] / varianceCorrection) + EPSILON;
    const rate = learningRates[l] / meanCorrection / size;
    for (let i = start; i < end; i++) {
      if (gradient[i] === 0 && mean[i] === 0) continue;
      mean[i] = BETA_1 * mean[i] + (1 - BETA_1) * gradient[i];
      parameters[i] -= rate * mean[i];
    }
  });
}
