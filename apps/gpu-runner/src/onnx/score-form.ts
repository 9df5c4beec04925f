import type { Value } from './graph.ts';
import { add, multiply, scale, subtract } from './ops/elementwise.ts';
import { reduceMean } from './ops/reduce.ts';

/**
 * What the guided prediction of the target is compared with.
 *
 * - `ssd`: the same words without guidance, ε_text; two samples a view.
 * - `ssd-paper`: the prompt without view words, ε_plain; three samples.
 * - `sds`: the noise that was drawn, ε; two samples.
 * - `vsd`: a UNet with trained low-rank updates, ε_LoRA; three samples, and three more for its training.
 */
export type ScoreEstimate = 'ssd' | 'ssd-paper' | 'sds' | 'vsd';

/** The pinned form of a score. */
export interface ScoreForm {
  readonly estimate: ScoreEstimate;
  /**
   * The estimate's branch sees the landmarks at a strength of its own; then `ssd` needs a third sample. `sds` has no such
   * branch.
   */
  readonly ownControl: boolean;
  /** φ: share of the guided prediction that is shrunk to the deviation of the unguided one; 0 is off. */
  readonly guidanceRescale: number;
  /** Bound of every entry of the weighted gradient, or null. Released: none. */
  readonly gradientBound: number | null;
  /** Rank of the low-rank updates of `vsd`. */
  readonly loraRank: number;
  /** No encoder: picture and mask, made small, are the four channels of the latent. */
  readonly latentPicture: boolean;
}

/** The form that runs where nothing else is asked for. */
export const PLAIN_SCORE_FORM: ScoreForm = {
  estimate: 'ssd',
  ownControl: false,
  guidanceRescale: 0,
  gradientBound: null,
  loraRank: 4,
  latentPicture: false,
};

/** The predictions of one step, each [B, C, h, h]; `estimate` is null where it is the same prediction as `text`. */
export interface ScorePredictions {
  readonly text: Value;
  readonly negative: Value;
  readonly estimate: Value | null;
  readonly noise: Value;
}

/**
 * ε_target − ε_estimate + λ·(ε_text − ε), with ε_target = ε_negative + s·(ε_text − ε_negative); s and λ are [1].
 *
 * Computed as (s−1)·(ε_text − ε_negative) + (ε_text − ε_estimate), so that s = 1 leaves nothing of the first term. With
 * rescale φ the target becomes ε_target·(1 + φ·(deviation of ε_text / deviation of ε_target − 1)), over each sample.
 * References: HeadArtist (arXiv 2312.07539) section 3.2; Lin et al. 2024 (arXiv 2305.08891), section 3.4, for the rescale.
 */
export function scoreDifference(
  predictions: ScorePredictions,
  guidance: Value,
  anchor: Value,
  rescale: number,
): Value {
  const { text, negative, estimate, noise } = predictions;
  const one = text.graph.scalar(1);
  const push = multiply(subtract(guidance, one), subtract(text, negative));
  let score = estimate ? add(push, subtract(text, estimate)) : push;
  if (rescale !== 0) {
    const target = add(text, push);
    const ratio = quotient(deviation(text), deviation(target));
    score = add(score, multiply(scale(subtract(ratio, one), rescale), target));
  }
  return add(score, multiply(anchor, subtract(text, noise)));
}

/** Squared error of an estimate's noise as a share of that of ε_text, the mean over views, [1, 1, 1, 1]. */
export function lossShare(estimate: Value, { text, noise }: ScorePredictions): Value {
  const errorOf = (predicted: Value): Value => {
    const error = subtract(predicted, noise);
    return reduceMean(multiply(error, error), [1, 2, 3]);
  };
  return reduceMean(quotient(errorOf(estimate), errorOf(text)), [0, 1, 2, 3]);
}

/** Standard deviation of each sample of x [B, C, h, w], as [B, 1, 1, 1]; not differentiated. */
function deviation(x: Value): Value {
  const axes = [1, 2, 3];
  const centered = subtract(x, reduceMean(x, axes));
  const variance = reduceMean(multiply(centered, centered), axes);
  return x.graph.emit('Sqrt', [variance], variance.shape);
}

function quotient(a: Value, b: Value): Value {
  return a.graph.emit('Div', [a, b], a.shape);
}

/** Entries of x limited to ±bound; not differentiated. */
export function limited(x: Value, bound: number): Value {
  return x.graph.emit('Clip', [x, x.graph.scalar(-bound), x.graph.scalar(bound)], x.shape);
}
